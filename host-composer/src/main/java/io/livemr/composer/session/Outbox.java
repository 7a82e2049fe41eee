package io.livemr.composer.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lines on their way to a guest that may be slow or stopped. A full box ends the session: what was said is lost then, and a new
 * session says it again. Heartbeats are made when they are written, so that they carry the time of writing.
 */
final class Outbox implements Runnable {

    private final WritableByteChannel channel;
    private final BlockingQueue<Supplier<byte[]>> lines;
    private final long heartbeatMillis;
    private final Supplier<byte[]> heartbeat;

    Outbox(final WritableByteChannel channel, final int limit, final long heartbeatMillis, final Supplier<byte[]> heartbeat) {
        this.channel = channel;
        this.lines = new ArrayBlockingQueue<>(limit);
        this.heartbeatMillis = heartbeatMillis;
        this.heartbeat = heartbeat;
    }

    /** Never blocks. False if the box is full: the guest does not read. */
    boolean offer(final byte[] line) {
        return offer(() -> line);
    }

    /** As {@link #offer(byte[])}, of a line that is made when it is written. */
    boolean offer(final Supplier<byte[]> line) {
        return lines.offer(line);
    }

    @Override
    public void run() {
        try (channel) {
            long nextBeat = System.nanoTime();
            while (channel.isOpen()) {
                if (System.nanoTime() - nextBeat >= 0) {
                    write(heartbeat.get());
                    nextBeat = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(heartbeatMillis);
                }
                final Supplier<byte[]> line = lines.poll(nextBeat - System.nanoTime(), TimeUnit.NANOSECONDS);
                write(line == null ? null : line.get());
            }
        } catch (final IOException e) {
            // The reading thread sees the closed channel and says so.
            return;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(final byte[] line) throws IOException {
        if (line != null) {
            final ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
