package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.vm.VmDisk;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the domain's disk that a guest means. A guest may mean any of its own disks and no other; what fits none of them, or
 * more than one, is {@code unknown_disk}; one whose flushes QEMU ignores is {@code unsafe_cache}. Stateless.
 */
final class DiskFinder {

    /** virtio-blk shows a guest the first 20 bytes of a serial. */
    private static final int VIRTIO_SERIAL_BYTES = 20;

    private DiskFinder() {
    }

    static VmDisk find(final List<VmDisk> disks, final JsonNode wanted) throws RejectedRecordException {
        final String serial = AgentMessages.optionalText(wanted, "serial");
        final String scsi = AgentMessages.optionalText(wanted, "scsi");
        final String pci = AgentMessages.optionalText(wanted, "pci");
        VmDisk found = serial == null || serial.isEmpty() ? null : only(disks, disk -> sameSerial(disk, serial));
        if (found == null && scsi != null) {
            found = only(disks, disk -> sameScsi(disk, scsi, pci));
        }
        if (found == null && scsi == null && pci != null) {
            found = only(disks, disk -> disk.address() != null && disk.address().scsi() == null && pci.equals(disk.address().pci()));
        }
        if (found == null) {
            throw new RejectedRecordException(
                    Reason.UNKNOWN_DISK, "serial=" + serial + " scsi=" + scsi + " pci=" + pci + " disks=" + disks.size());
        }
        if (found.ignoresFlushes()) {
            throw new RejectedRecordException(Reason.UNSAFE_CACHE, unsafe(found));
        }
        return found;
    }

    static String unsafe(final VmDisk disk) {
        return "target=" + disk.target() + " cache=unsafe ignores the guest's flushes, so synced bytes may not be in the image;"
                + " set cache to none, writeback or writethrough in the domain's definition";
    }

    private static VmDisk only(final List<VmDisk> disks, final Predicate<VmDisk> fits) {
        final List<VmDisk> found = disks.stream().filter(fits).toList();
        return found.size() == 1 ? found.get(0) : null;
    }

    private static boolean sameSerial(final VmDisk disk, final String serial) {
        final String own = disk.serial();
        return own != null && (own.equals(serial)
                || own.length() > VIRTIO_SERIAL_BYTES && own.substring(0, VIRTIO_SERIAL_BYTES).equals(serial));
    }

    private static boolean sameScsi(final VmDisk disk, final String scsi, final String pci) {
        // The guest counts its hosts in an order of its own, so host numbers say nothing; the controller's PCI address does.
        final String[] parts = scsi.split(":", 2);
        return parts.length == 2 && disk.address() != null && parts[1].equals(disk.address().scsi())
                && (pci == null || disk.address().pci() == null || pci.equals(disk.address().pci()));
    }
}
