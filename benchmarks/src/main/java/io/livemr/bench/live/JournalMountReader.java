package io.livemr.bench.live;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The host mounts the file system anew for each read, from QEMU's live export with a throw-away layer over it, so that the kernel can replay
 * the journal. Needs root and a host kernel that trusts a guest's file system. The kernel here has no nbd: nbdfuse and a loop device stand in.
 */
final class JournalMountReader implements LiveReader {

    private static final String SCRIPT = "/io/livemr/bench/live/journal-mount.sh";

    private final Bed bed;
    private final LiveExport export;
    private final String path;
    private int reads;

    JournalMountReader(final Bed bed, final LiveExport export, final String path) {
        this.bed = bed;
        this.export = export;
        this.path = path;
    }

    @Override
    public String name() {
        return "mount with journal replay";
    }

    @Override
    public Optional<String> obstacle() {
        if (!Stream.of("nbdkit", "nbdfuse", "unshare", "losetup").allMatch(Programs::has)) {
            return Optional.of("Debian packages nbdkit, libnbd-bin or util-linux are missing");
        }
        return Files.exists(Path.of("/dev/loop-control")) ? Optional.empty() : Optional.of("this kernel has no loop devices");
    }

    @Override
    public void prepare() throws Exception {
        try (var script = JournalMountReader.class.getResourceAsStream(SCRIPT)) {
            Files.copy(script, script());
        }
        export.socket();
    }

    private Path script() {
        return bed.folder().resolve("journal-mount.sh");
    }

    @Override
    public Reading open() throws Exception {
        final Path work = Files.createDirectories(bed.folder().resolve("mount-" + ++reads));
        return ProgramReading.start(bed, PLAIN, List.of("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc",
            "bash", script().toString(), export.socket().toString(), LiveExport.NAME, work.toString(), path));
    }
}
