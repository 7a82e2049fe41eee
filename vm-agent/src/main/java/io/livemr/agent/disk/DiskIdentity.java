package io.livemr.agent.disk;

import java.nio.file.Path;

/**
 * One whole virtual disk: what the host can find it by (docs/protocol.md, section 1, {@code disk}) and how the agent talks to
 * it. What is not known is null.
 *
 * @param scsi    {@code host:channel:target:lun}
 * @param pci     {@code domain:bus:device.function} of the controller or the disk itself
 * @param sectors size of the whole disk, in 512-byte sectors
 * @param vendor  who a SCSI disk says made it
 * @param node    the whole disk's node, {@code /dev/sda}
 */
public record DiskIdentity(String serial, String scsi, String pci, long sectors, String vendor, Path node) {
}
