package io.livemr.bench.read;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A folder of images seen through libfuse's own example of a mirror, passthrough_ll.c, in C and checking nothing: how quick FUSE is on this machine. As
 * the composer it keeps nothing in the page cache, gets up to 1 MiB a request and copies it twice (strace of libfuse 3.14: one pread, one writev).
 */
final class FuseMirror {

    private static final String SOURCE = "/usr/share/doc/libfuse3-dev/examples/passthrough_ll.c";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** It allocates each answer anew: as glibc is set, that maps and clears new pages for each, which takes ten times as long as the read itself. */
    private static final List<String> KEEPING_MEMORY = List.of("env", "MALLOC_MMAP_MAX_=0", "MALLOC_TRIM_THRESHOLD_=1000000000", "MALLOC_TOP_PAD_=16777216");

    private final Path target;

    private FuseMirror(final Path target) {
        this.target = target;
    }

    static FuseMirror of(final Bed bed, final Path folder) throws Exception {
        final Path program = compile(bed);
        final Path target = Files.createDirectories(bed.folder().resolve("mirror"));
        final Object before = Files.getFileStore(target);
        final List<String> command = new ArrayList<>(KEEPING_MEMORY);
        command.addAll(List.of(program.toString(), "-f", "-o", "source=" + folder + ",cache=never", target.toString()));
        final Process process = bed.programs().startServer("mirror", command);
        await(process, target, before);
        return new FuseMirror(target);
    }

    private static Path compile(final Bed bed) throws Exception {
        if (!Files.exists(Path.of(SOURCE)) || !Programs.has("gcc")) {
            throw new IOException("libfuse's mirror needs " + SOURCE + " and gcc: scripts/install-debian-packages.sh --peers");
        }
        final Path program = bed.folder().resolve("passthrough_ll");
        bed.programs().run(LIMIT, Map.of(), List.of("gcc", "-O2", "-D_FILE_OFFSET_BITS=64", "-I/usr/include/fuse3", SOURCE, "-o", program.toString(), "-lfuse3", "-lpthread"));
        return program;
    }

    private static void await(final Process process, final Path target, final Object before) throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + LIMIT.toNanos();
        while (Files.getFileStore(target).equals(before)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("libfuse's mirror did not mount " + target + " within " + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    /** The same range, read through the mirror. */
    Range through(final Range range) {
        return range.image() == null ? range
            : new Range(range.fileOffsetBytes(), target.resolve(range.image().getFileName()), range.imageOffsetBytes(), range.lengthBytes());
    }
}
