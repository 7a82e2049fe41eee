package io.livemr.bench.ingest;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import io.livemr.launcher.process.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * QEMU's storage daemon shows the image as a raw disk, debugfs takes the file out of it. Right only because nobody writes to the file: neither looks
 * at what changes.
 */
final class DebugfsCopy implements CopyOut {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Bed bed;
    private final Path image;
    private final String path;

    DebugfsCopy(final Bed bed, final Path image, final String path) {
        this.bed = bed;
        this.image = image;
        this.path = path;
    }

    @Override
    public String name() {
        return "debugfs (idle file only)";
    }

    @Override
    public Optional<String> obstacle() {
        return Programs.has("qemu-storage-daemon") && Programs.has("debugfs")
            ? Optional.empty() : Optional.of("Debian packages qemu-utils, qemu-system-common or e2fsprogs are missing");
    }

    @Override
    public void prepare() {
        bed.progress().accept("copying with debugfs");
    }

    @Override
    public void copyTo(final Path target) throws Exception {
        final Path raw = Files.createTempFile(bed.folder(), "disk", ".raw");
        final Process daemon = bed.programs().startServer("storage-daemon", List.of("qemu-storage-daemon",
            "--blockdev", "driver=file,node-name=file,filename=" + image + ",locking=off,read-only=on,cache.direct=off",
            "--blockdev", "driver=qcow2,node-name=disk,file=file,read-only=on",
            "--export", "type=fuse,id=raw,node-name=disk,mountpoint=" + raw + ",writable=off"));
        try {
            awaitDisk(raw, daemon);
            bed.programs().run(LIMIT, Map.of(), List.of("debugfs", "-R", "dump " + path + " " + target, raw.toString()));
            if (!Files.exists(target)) {
                throw new IOException("debugfs found no " + path);
            }
        } finally {
            Programs.end(daemon);
        }
    }

    private static void awaitDisk(final Path raw, final Process daemon) throws IOException {
        final boolean there = Poll.until(Duration.ofSeconds(30), Duration.ofMillis(5), () -> !daemon.isAlive() || raw.toFile().length() > 0);
        if (!there || !daemon.isAlive()) {
            throw new IOException("qemu-storage-daemon shows no disk; it said why in storage-daemon.log");
        }
    }
}
