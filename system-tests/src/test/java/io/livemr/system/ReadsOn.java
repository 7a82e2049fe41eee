package io.livemr.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A job's driver that reads all of its input over and over, until it is refused. */
public final class ReadsOn {
    private ReadsOn() {
    }

    public static void main(final String[] args) throws IOException {
        final Configuration conf = new Configuration();
        // What was taken back does not come again; what is stale for a moment on a busy host does.
        conf.setInt("dfs.client.retry.window.base", 1_000);
        final Path folder = new Path(args[0]);
        final FileSystem hdfs = folder.getFileSystem(conf);
        while (true) {
            for (final FileStatus file : hdfs.listStatus(folder)) {
                try (InputStream content = hdfs.open(file.getPath())) {
                    System.out.println("read bytes=" + content.transferTo(OutputStream.nullOutputStream()));
                }
            }
        }
    }
}
