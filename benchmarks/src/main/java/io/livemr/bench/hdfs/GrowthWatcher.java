package io.livemr.bench.hdfs;

import io.livemr.bench.log.LogLine;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader that waits for more: asks for a log's length about once a millisecond, and when it has grown opens it, reads the new
 * lines and checks them. Only then it prints {@code LENGTH NANOS}; NANOS is {@link System#nanoTime}, which all processes of a Linux host
 * share. Argument: the file, as {@link GrowingFile#of} names it. Ends when it is told to or its parent goes.
 */
public final class GrowthWatcher {

    private static final long STEP_NANOS = 1_000_000;

    private final LogLine line = new LogLine();
    private final GrowingFile file;
    private long seenBytes;

    private GrowthWatcher(final GrowingFile file) throws IOException {
        this.file = file;
        this.seenBytes = file.lengthBytes();
    }

    public static void main(final String[] args) throws IOException {
        final GrowthWatcher watcher = new GrowthWatcher(GrowingFile.of(args[0]));
        System.out.println(watcher.seenBytes + " " + System.nanoTime());
        while (!System.out.checkError()) {
            watcher.look();
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private void look() throws IOException {
        final long lengthBytes = file.lengthBytes();
        if (lengthBytes > seenBytes) {
            final byte[] bytes = new byte[(int) (lengthBytes - seenBytes)];
            file.read(seenBytes, bytes);
            requireRight(bytes);
            seenBytes = lengthBytes;
            System.out.println(lengthBytes + " " + System.nanoTime());
        }
    }

    private void requireRight(final byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += LogLine.BYTES) {
            final long expected = (seenBytes + at) / LogLine.BYTES;
            if (bytes.length - at < LogLine.BYTES || line.numberOf(bytes, at) != expected) {
                throw new IOException("wrong bytes at " + (seenBytes + at) + " of " + file);
            }
        }
    }
}
