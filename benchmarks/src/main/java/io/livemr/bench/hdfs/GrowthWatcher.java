package io.livemr.bench.hdfs;

import io.livemr.bench.log.LogLine;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A reader that waits for more: asks for a log's length about once a millisecond, and when it has grown opens it, reads the new
 * lines and checks them. Only then it prints {@code LENGTH NANOS}; NANOS is {@link System#nanoTime}, which all processes of a Linux host
 * share. Argument: the file in HDFS. Ends when it is told to or its parent goes.
 */
public final class GrowthWatcher {

    private static final long STEP_NANOS = 1_000_000;

    private final LogLine line = new LogLine();
    private final FileSystem fs;
    private final Path file;
    private long seenBytes;

    private GrowthWatcher(final FileSystem fs, final Path file) throws IOException {
        this.fs = fs;
        this.file = file;
        this.seenBytes = fs.getFileStatus(file).getLen();
    }

    public static void main(final String[] args) throws IOException {
        final Configuration conf = new Configuration();
        final GrowthWatcher watcher = new GrowthWatcher(FileSystem.get(conf), new Path(args[0]));
        System.out.println(watcher.seenBytes + " " + System.nanoTime());
        while (!System.out.checkError()) {
            watcher.look();
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private void look() throws IOException {
        final long lengthBytes = fs.getFileStatus(file).getLen();
        if (lengthBytes > seenBytes) {
            requireRight(read((int) (lengthBytes - seenBytes)));
            seenBytes = lengthBytes;
            System.out.println(lengthBytes + " " + System.nanoTime());
        }
    }

    private byte[] read(final int count) throws IOException {
        final byte[] bytes = new byte[count];
        try (FSDataInputStream in = fs.open(file)) {
            in.readFully(seenBytes, bytes);
        }
        return bytes;
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
