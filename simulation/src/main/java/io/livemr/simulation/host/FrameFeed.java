package io.livemr.simulation.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A socket on which one frame at a time arrives. Where a thread would wait for the next one, the reader gets {@link Drained}. */
final class FrameFeed implements ReadableByteChannel {

    /** All that has arrived was taken in. */
    static final class Drained extends IOException {
        Drained() {
            super("nothing more has arrived");
        }
    }

    private ByteBuffer frame = ByteBuffer.allocate(0);

    void arrive(final byte[] bytes) {
        frame = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        if (!frame.hasRemaining()) {
            throw new Drained();
        }
        final int count = Math.min(target.remaining(), frame.remaining());
        target.put(frame.slice(frame.position(), count));
        frame.position(frame.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
    }
}
