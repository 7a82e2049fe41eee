package io.livemr.hdfs.linker;

import io.livemr.hdfs.client.Composition;
import io.livemr.hdfs.client.LinkClient;
import io.livemr.hdfs.composer.ComposedFile;
import io.livemr.hdfs.composer.ComposerClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.HadoopIllegalArgumentException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathExistsException;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Makes a file of HDFS out of guest files: asks their owners, waits until the composer serves them as one file, and links its blocks.
 * One that fails leaves nothing in HDFS. Connections are kept until {@link #close}. Safe for many threads.
 */
public final class FileLinker implements Closeable {

    public static final int DEFAULT_WAIT_SECONDS = 300;

    private final DistributedFileSystem fs;
    private final ComposerClient composer;
    private final LinkClient client;
    private final PrintStream progress;
    private final int waitSeconds;

    /** @param progress is told who has been asked and what they answered. */
    public FileLinker(DistributedFileSystem fs, ComposerClient composer, PrintStream progress, int waitSeconds) {
        this.fs = fs;
        this.composer = composer;
        this.client = new LinkClient(fs);
        this.progress = progress;
        this.waitSeconds = waitSeconds;
    }

    /** @throws HadoopIllegalArgumentException if the path is on another kind of file system. */
    public static DistributedFileSystem hdfsOf(Path path, Configuration conf) throws IOException {
        final FileSystem fs = path.getFileSystem(conf);
        if (fs instanceof DistributedFileSystem hdfs) {
            return hdfs;
        }
        throw new HadoopIllegalArgumentException(path + " is not on HDFS but on " + fs.getUri()
            + "; set fs.defaultFS or write hdfs://NAMENODE/PATH");
    }

    public Linked link(FileLink wanted) throws IOException {
        final Path path = fs.makeQualified(new Path(wanted.path()));
        if (fs.exists(path)) {
            throw new PathExistsException(path.toString());
        }
        final long asked = System.nanoTime();
        final ComposedFile live = live(wanted);
        final long answered = System.nanoTime();
        final Composition made = client.compose(path.toUri().getPath(), live.name(), live.lengthBytes(), blockBytes(wanted, path), wanted.follow());
        return new Linked(live.name(), made, TimeUnit.NANOSECONDS.toMillis(answered - asked), millisSince(answered));
    }

    private ComposedFile live(FileLink wanted) throws IOException {
        return new ConsentWait(composer, progress, waitSeconds).untilLive(composer.compose(wanted.requester(), wanted.sources()));
    }

    private long blockBytes(FileLink wanted, Path path) {
        return wanted.blockBytes() == 0 ? fs.getDefaultBlockSize(path) : wanted.blockBytes();
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        client.close();
    }
}
