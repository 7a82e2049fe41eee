package io.livemr.bench.live;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import java.util.List;
import java.util.Optional;

/** nbdkit's ext2 filter reads the file system by itself, from QEMU's live export. It does not replay the journal. */
final class Ext2FilterReader implements LiveReader {

    private final Bed bed;
    private final LiveExport export;
    private final String path;

    Ext2FilterReader(final Bed bed, final LiveExport export, final String path) {
        this.bed = bed;
        this.export = export;
        this.path = path;
    }

    @Override
    public String name() {
        return "nbdkit ext2 filter";
    }

    @Override
    public Optional<String> obstacle() {
        return Programs.has("nbdkit") && Programs.has("nbdcopy") ? Optional.empty() : Optional.of("Debian packages nbdkit and libnbd-bin are missing");
    }

    @Override
    public void prepare() throws Exception {
        export.socket();
    }

    @Override
    public Reading open() throws Exception {
        // Without --no-extents what is not yet known to be allocated is copied as NULs.
        return ProgramReading.start(bed, PLAIN, List.of("nbdkit", "--exit-with-parent", "-r", "-U", "-", "--filter=ext2", "nbd", "socket=" + export.socket(),
            "export=" + LiveExport.NAME, "ext2file=" + path, "--run", "nbdcopy --no-extents \"$uri\" -"));
    }
}
