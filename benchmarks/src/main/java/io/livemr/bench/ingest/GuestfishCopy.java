package io.livemr.bench.ingest;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.GuestfsKernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** guestfish reads the running VM's disk in an appliance of its own. The appliance is built before the clock runs, and booted while it does. */
final class GuestfishCopy implements CopyOut {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Bed bed;
    private final GuestfsKernel kernel;
    private final Path image;
    private final String path;

    /** @param path of the file in its file system. */
    GuestfishCopy(final Bed bed, final Path image, final String path) {
        this.bed = bed;
        this.kernel = new GuestfsKernel(bed);
        this.image = image;
        this.path = path;
    }

    @Override
    public String name() {
        return "guestfish";
    }

    @Override
    public Optional<String> obstacle() {
        return kernel.obstacle();
    }

    @Override
    public void prepare() throws Exception {
        bed.progress().accept("building guestfish's appliance");
        guestfish("exists", path);
    }

    @Override
    public void copyTo(final Path target) throws Exception {
        guestfish("download", path, target.toString());
    }

    private void guestfish(final String... words) throws Exception {
        final var command = new java.util.ArrayList<>(List.of("guestfish", "--ro", "--format=qcow2", "-a", image.toString(), "-m", "/dev/sda"));
        command.addAll(List.of(words));
        bed.programs().run(LIMIT, kernel.environment(), command);
    }
}
