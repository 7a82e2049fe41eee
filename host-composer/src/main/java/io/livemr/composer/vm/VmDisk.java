package io.livemr.composer.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One disk of a domain, as its definition says.
 *
 * @param target   name in the definition, {@code sda}.
 * @param serial   serial that the guest sees, or null.
 * @param address  where the guest finds the disk, or null.
 * @param layers   the image on top and what backs it, in order; formats are the definition's, never probed.
 * @param dataFile external data file of the image on top, or null.
 * @param cache    the driver's cache mode, or empty for QEMU's default.
 * @param alias    the device's id in the running QEMU, or empty.
 */
public record VmDisk(
        String target, String serial, DiskAddress address, List<ImageLayer> layers, Path dataFile, String cache, String alias) {

    /** One image file of a chain. */
    public record ImageLayer(Path path, String format) {
    }

    /**
     * Where a guest finds a disk; the absent half is null.
     *
     * @param scsi {@code channel:target:lun}, without the host number, which only the guest knows.
     * @param pci  {@code dddd:bb:ss.f}.
     */
    public record DiskAddress(String scsi, String pci) {
    }

    public VmDisk {
        Objects.requireNonNull(target, "target");
        layers = List.copyOf(layers);
    }

    /** A disk of a domain that does not run. */
    public VmDisk(
            final String target, final String serial, final DiskAddress address, final List<ImageLayer> layers, final Path dataFile,
            final String cache) {
        this(target, serial, address, layers, dataFile, cache, "");
    }

    /** Whether QEMU ignores the guest's flushes: then what the guest has synced need not be in the image. */
    public boolean ignoresFlushes() {
        return "unsafe".equals(cache);
    }

    public ImageLayer top() {
        return layers.get(0);
    }
}
