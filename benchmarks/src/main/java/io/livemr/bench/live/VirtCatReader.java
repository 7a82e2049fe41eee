package io.livemr.bench.live;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.GuestfsKernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** virt-cat boots a small appliance on the image for each read. The appliance's files are built before. */
final class VirtCatReader implements LiveReader {

    private final Bed bed;
    private final GuestfsKernel kernel;
    private final Path image;
    private final String path;

    VirtCatReader(final Bed bed, final Path image, final String path) {
        this.bed = bed;
        this.kernel = new GuestfsKernel(bed);
        this.image = image;
        this.path = path;
    }

    @Override
    public String name() {
        return "virt-cat";
    }

    @Override
    public Optional<String> obstacle() {
        return kernel.obstacle();
    }

    @Override
    public void prepare() throws Exception {
        try (Reading first = open()) {
            first.stream().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Override
    public Reading open() throws Exception {
        return ProgramReading.start(bed, kernel.environment(), List.of("virt-cat", "--format=qcow2", "-a", image.toString(), "-m", "/dev/sda", path));
    }
}
