package io.livemr.composer.failpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads a composed file again and again, across the lives of composers, and remembers the longest content it saw: no byte of the file may ever be
 * another than it was.
 */
final class Watcher implements AutoCloseable {

    private static final int LONGEST_BYTES = 1 << 18;

    private final Path mount;
    private final Thread thread = new Thread(this::run, "watcher");
    private volatile String name;
    private byte[] longest;
    private String wrong;
    private long reads;
    private volatile long failures;

    Watcher(final Path mount) {
        this.mount = mount;
        thread.setDaemon(true);
        thread.start();
    }

    /** Another file from now on, which nobody has seen yet; null for none. */
    synchronized void watch(final String file) {
        name = file;
        longest = new byte[0];
        wrong = null;
    }

    /** All bytes that can be read of it now. */
    byte[] read(final String file) throws IOException {
        try (FileChannel channel = FileChannel.open(mount.resolve(file))) {
            final ByteBuffer into = ByteBuffer.allocate(LONGEST_BYTES);
            long read = 0;
            while (read >= 0 && into.hasRemaining()) {
                read = channel.read(into);
            }
            return Arrays.copyOf(into.array(), into.position());
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            look();
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        final String file = name;
        try {
            if (file != null) {
                saw(file, read(file));
            }
        } catch (final IOException e) {
            failures++;         // no byte is no wrong byte
        }
    }

    private synchronized void saw(final String file, final byte[] bytes) {
        if (!file.equals(name)) {
            return;
        }
        reads++;
        final int common = Math.min(bytes.length, longest.length);
        final int differs = Arrays.mismatch(bytes, 0, common, longest, 0, common);
        if (differs >= 0 && wrong == null) {
            wrong = "byte " + differs + " of " + file + " was " + longest[differs] + " and became " + bytes[differs];
        }
        if (bytes.length > longest.length) {
            longest = bytes;
        }
    }

    synchronized byte[] longest() {
        return longest;
    }

    synchronized String summary() {
        return reads + " reads, " + failures + " refused";
    }

    /** The first wrong byte, or null. */
    synchronized String wrong() {
        return wrong;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
