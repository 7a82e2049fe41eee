package io.livemr.bench.hdfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/** A file that is read as it grows, opened anew each time as readers do. */
interface GrowingFile {

    long lengthBytes() throws IOException;

    /** Fills {@code bytes} with what begins at {@code offset}. */
    void read(long offset, byte[] bytes) throws IOException;

    /** @param name {@code file:///…} for one of this host, else one of HDFS. */
    static GrowingFile of(final String name) throws IOException {
        return name.startsWith("file:") ? new Local(Path.of(name.substring("file://".length()))) : inHdfs(name);
    }

    private static GrowingFile inHdfs(final String name) throws IOException {
        return new InHdfs(FileSystem.get(new Configuration()), new org.apache.hadoop.fs.Path(name));
    }

    /** Not through Hadoop's file system for local files, which looks for a file of checksums first. */
    record Local(Path path) implements GrowingFile {

        @Override
        public long lengthBytes() throws IOException {
            return Files.size(path);
        }

        @Override
        public void read(final long offset, final byte[] bytes) throws IOException {
            final ByteBuffer rest = ByteBuffer.wrap(bytes);
            try (FileChannel file = FileChannel.open(path)) {
                while (rest.hasRemaining() && file.read(rest, offset + rest.position()) > 0) {
                    // until it is full, or the file ends too soon, which the check of the lines will tell
                }
            }
        }
    }

    /** Over the same client all the time. */
    record InHdfs(FileSystem fs, org.apache.hadoop.fs.Path path) implements GrowingFile {

        @Override
        public long lengthBytes() throws IOException {
            return fs.getFileStatus(path).getLen();
        }

        @Override
        public void read(final long offset, final byte[] bytes) throws IOException {
            try (FSDataInputStream in = fs.open(path)) {
                in.readFully(offset, bytes);
            }
        }
    }
}
