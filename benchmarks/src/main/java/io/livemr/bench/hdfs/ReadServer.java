package io.livemr.bench.hdfs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads files of HDFS as it is told, all in one JVM, so that no start of one is measured. Each line of standard input is an order, each
 * answer one line:
 *
 * <pre>
 *   read FILE        BYTES NANOS     from open to the last byte, 1 MiB at a time
 *   checksum FILE    BYTES CRC32C
 *   copy FROM TO     BYTES NANOS     stored as HDFS stores files
 * </pre>
 */
public final class ReadServer {

    private static final int BUFFER_BYTES = 1 << 20;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final FileSystem fs;

    private ReadServer(final FileSystem fs) {
        this.fs = fs;
    }

    public static void main(final String[] args) throws IOException {
        final Configuration conf = new Configuration();
        final ReadServer server = new ReadServer(FileSystem.get(conf));
        final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(server.answer(order.split(" ")));
        }
    }

    private String answer(final String[] words) throws IOException {
        final Path file = new Path(words[1]);
        return switch (words[0]) {
            case "read" -> read(file);
            case "checksum" -> checksum(file);
            case "copy" -> copy(file, new Path(words[2]));
            default -> throw new IOException("what is '" + words[0] + "'?");
        };
    }

    private String read(final Path file) throws IOException {
        final long start = System.nanoTime();
        long bytes = 0;
        try (InputStream in = fs.open(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                bytes += count;
            }
        }
        return bytes + " " + (System.nanoTime() - start);
    }

    private String checksum(final Path file) throws IOException {
        final CRC32C checksum = new CRC32C();
        long bytes = 0;
        try (InputStream in = fs.open(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                checksum.update(buffer, 0, count);
                bytes += count;
            }
        }
        return bytes + " " + checksum.getValue();
    }

    private String copy(final Path from, final Path to) throws IOException {
        final long start = System.nanoTime();
        long bytes = 0;
        try (InputStream in = fs.open(from); OutputStream out = fs.create(to)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                bytes += count;
            }
        }
        return bytes + " " + (System.nanoTime() - start);
    }
}
