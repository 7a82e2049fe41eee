package io.livemr.agent.disk;

/**
 * What the host can find a virtual disk by (docs/protocol.md, section 1, {@code disk}); what is not known is null.
 *
 * @param scsi    {@code host:channel:target:lun}
 * @param pci     {@code domain:bus:device.function} of the controller or the disk itself
 * @param sectors size of the whole disk, in 512-byte sectors
 */
public record DiskIdentity(String serial, String scsi, String pci, long sectors) {
}
