package io.livemr.composer.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Cuts a channel into lines without ever holding more than one line's limit. For one thread.
 */
final class LineReader {

    private static final int FIRST_BYTES = 16 * 1024;

    private final ReadableByteChannel channel;
    private final int limitBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int start;
    private int end;
    private int searched;
    private boolean skipping;

    LineReader(final ReadableByteChannel channel, final int limitBytes) {
        this.channel = channel;
        this.limitBytes = limitBytes;
    }

    /**
     * The next line without its end. Valid until the next call.
     *
     * @return null for a line that was too long; it has been skipped.
     * @throws IOException when the channel ends.
     */
    ByteBuffer next() throws IOException {
        while (true) {
            final int newline = find();
            if (newline >= 0) {
                final ByteBuffer line = ByteBuffer.wrap(bytes, start, newline - start);
                start = newline + 1;
                searched = start;
                if (skipping || line.remaining() > limitBytes) {
                    skipping = false;
                    return null;
                }
                return line;
            }
            makeRoom();
            fill();
        }
    }

    private int find() {
        while (searched < end) {
            if (bytes[searched] == '\n') {
                return searched;
            }
            searched++;
        }
        return -1;
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            searched -= start;
            start = 0;
        }
        if (end > limitBytes) {
            skipping = true;
            end = 0;
            searched = 0;
        }
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * bytes.length, limitBytes + FIRST_BYTES));
        }
    }

    private void fill() throws IOException {
        final int count = channel.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
        if (count < 0) {
            throw new IOException("agent channel closed");
        }
        end += count;
    }
}
