package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.grant.GrantTable.DiskOpener;
import io.livemr.composer.image.GuestDisk;
import io.livemr.composer.image.ImageDisk;
import io.livemr.composer.vm.VmDisk;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.extent.qcow2.ImageSpec.Format;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open disks of one VM in one epoch. Opened when first needed, all closed when the epoch rises: the definition may say
 * something else then. Safe to share between threads.
 */
final class VmDisks implements DiskOpener, AutoCloseable {

    /** Opens one disk; a test gives its own. */
    interface Factory {
        GuestDisk open(VmDisk disk) throws IOException;

        /** Real images, below one of these folders. */
        static Factory images(final List<Path> allowedRoots) {
            return disk -> ImageDisk.open(disk.target(), spec(disk), allowedRoots);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(VmDisks.class);

    private final Factory factory;
    private final Map<String, GuestDisk> open = new HashMap<>();
    private List<VmDisk> definition = List.of();

    VmDisks(final Factory factory) {
        this.factory = factory;
    }

    synchronized void define(final List<VmDisk> disks) {
        close();
        definition = List.copyOf(disks);
    }

    /** The disk that the running QEMU calls by this id, or null. */
    synchronized String targetOf(final String qemuId) {
        return definition.stream().filter(disk -> disk.alias().equals(qemuId)).map(VmDisk::target).findFirst().orElse(null);
    }

    /** The disk a guest means, of the size it says. */
    synchronized String find(final JsonNode wanted) throws RejectedRecordException {
        final String target = DiskFinder.find(definition, wanted).target();
        final long claimed = wanted.has("sectors") ? AgentMessages.number(wanted, "sectors") : -1;
        try {
            final long sectors = open(target).sectors();
            if (claimed >= 0 && claimed != sectors) {
                throw new RejectedRecordException(
                        Reason.UNKNOWN_DISK, "target=" + target + " sectors=" + sectors + " guestSays=" + claimed);
            }
        } catch (final IOException e) {
            throw new RejectedRecordException(Reason.UNKNOWN_DISK, "target=" + target + " " + e.getMessage());
        }
        return target;
    }

    /** Size of a disk, or −1 if its image cannot be opened. */
    long sectors(final VmDisk disk) {
        try {
            return open(disk.target()).sectors();
        } catch (final IOException e) {
            LOG.debug("size of target={}: {}", disk.target(), e.getMessage());
            return -1;
        }
    }

    @Override
    public synchronized GuestDisk open(final String target) throws IOException {
        final GuestDisk known = open.get(target);
        if (known != null) {
            return known;
        }
        final VmDisk disk = definition.stream().filter(d -> d.target().equals(target)).findFirst()
                .orElseThrow(() -> new IOException("the domain has no disk target=" + target));
        if (disk.ignoresFlushes()) {
            throw new IOException(DiskFinder.unsafe(disk));
        }
        final GuestDisk opened = factory.open(disk);
        open.put(target, opened);
        return opened;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(GuestDisk::close);
        open.clear();
    }

    private static ImageSpec spec(final VmDisk disk) throws IOException {
        ImageSpec below = null;
        for (int i = disk.layers().size() - 1; i >= 0; i--) {
            final ImageLayer layer = disk.layers().get(i);
            final ImageSpec spec = new ImageSpec(layer.path(), format(layer), null, null);
            below = below == null ? spec : spec.withBacking(below);
        }
        return disk.dataFile() == null ? below : below.withDataFile(disk.dataFile());
    }

    private static Format format(final ImageLayer layer) throws IOException {
        for (final Format format : Format.values()) {
            if (format.qemuName().equals(layer.format())) {
                return format;
            }
        }
        throw new IOException("unsupported image format=" + layer.format() + " path=" + layer.path());
    }
}
