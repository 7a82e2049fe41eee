package io.livemr.bench.read;

import io.livemr.bench.host.Bed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A folder of images seen through bindfs, a FUSE file system in C that checks nothing: a peer, and no limit of FUSE. It copies as the composer does,
 * past the page cache, and gets 128 KiB a request (strace of bindfs 1.14.7), where the composer's mount gets up to 1 MiB.
 */
final class BindMount {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path target;

    private BindMount(final Path target) {
        this.target = target;
    }

    static BindMount of(final Bed bed, final Path folder) throws Exception {
        final Path target = Files.createDirectories(bed.folder().resolve("bindfs"));
        bed.programs().startServer("bindfs", List.of("bindfs", "-f", "-r", "--no-allow-other", "-o", "direct_io,max_read=1048576", folder.toString(), target.toString()));
        bed.teardown().add(() -> bed.programs().run(LIMIT, Map.of(), List.of("umount", target.toString())));
        await(target, Files.getFileStore(target));
        return new BindMount(target);
    }

    private static void await(final Path target, final Object before) throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + LIMIT.toNanos();
        while (Files.getFileStore(target).equals(before)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("bindfs did not mount " + target + " within " + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    /** The same range, read through the mount. */
    Range through(final Range range) {
        return range.image() == null ? range
            : new Range(range.fileOffsetBytes(), target.resolve(range.image().getFileName()), range.imageOffsetBytes(), range.lengthBytes());
    }
}
