package io.livemr.system.failpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A job's driver that says what it read: once, or over and over. */
public final class HashingJob {
    static final String LINE = "sha256=";

    private HashingJob() {
    }

    public static void main(final String[] args) throws IOException, NoSuchAlgorithmException {
        final Configuration conf = new Configuration();
        // What is stale for a moment on a busy host comes again.
        conf.setInt("dfs.client.retry.window.base", 1_000);
        final Path folder = new Path(args[0]);
        final FileSystem hdfs = folder.getFileSystem(conf);
        do {
            for (final FileStatus file : hdfs.listStatus(folder)) {
                try (InputStream content = hdfs.open(file.getPath())) {
                    System.out.println(LINE + sha256(content));
                }
            }
        } while (Boolean.parseBoolean(args[1]));
    }

    private static String sha256(final InputStream in) throws IOException, NoSuchAlgorithmException {
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }
}
