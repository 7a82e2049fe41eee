package io.livemr.hdfs.linker;

import io.livemr.hdfs.client.Composition;
import io.livemr.hdfs.client.LinkClient;
import io.livemr.hdfs.composer.ComposedFile;
import io.livemr.hdfs.composer.ComposerClient;
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
 * One that fails leaves nothing in HDFS.
 */
public final class FileLinker {

    public static final int DEFAULT_WAIT_SECONDS = 300;

    private final DistributedFileSystem fs;
    private final ComposerClient composer;
    private final ConsentWait consent;

    /** @param progress is told who has been asked and what they answered. */
    public FileLinker(DistributedFileSystem fs, ComposerClient composer, PrintStream progress, int waitSeconds) {
        this.fs = fs;
        this.composer = composer;
        this.consent = new ConsentWait(composer, progress, waitSeconds);
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
        final ComposedFile live = consent.untilLive(composer.compose(wanted.requester(), wanted.sources()));
        final long answered = System.nanoTime();
        try (LinkClient client = new LinkClient(fs)) {
            final Composition made = client.compose(path.toUri().getPath(), live.name(), live.lengthBytes(), blockBytes(wanted, path));
            final long composeMillis = millisSince(answered);
            if (wanted.follow()) {
                client.follow(made, live.name());
            }
            return new Linked(live.name(), made, TimeUnit.NANOSECONDS.toMillis(answered - asked), composeMillis);
        }
    }

    private long blockBytes(FileLink wanted, Path path) {
        return wanted.blockBytes() == 0 ? fs.getDefaultBlockSize(path) : wanted.blockBytes();
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
