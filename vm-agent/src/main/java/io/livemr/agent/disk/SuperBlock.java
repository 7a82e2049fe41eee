package io.livemr.agent.disk;

import io.livemr.agent.kernel.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/** Reads the UUID of a mounted ext4 file system from the super block: byte 1024 + 68h of its block device. */
public final class SuperBlock {

    private static final int START = 1_024;
    private static final int BYTES = 1_024;
    private static final int MAGIC = 0x38;
    private static final int UUID_AT = 0x68;

    private final Path sysfs;
    private final Path devices;

    public SuperBlock(final Path sysfs, final Path devices) {
        this.sysfs = sysfs;
        this.devices = devices;
    }

    public UUID uuid(final int major, final int minor) throws IOException {
        final Path folder = sysfs.resolve("dev/block").resolve(major + ":" + minor);
        final String name = Sysfs.deviceName(folder)
                .orElseThrow(() -> new IOException("no DEVNAME in " + folder.resolve("uevent")));
        return uuid(devices.resolve(name));
    }

    private static UUID uuid(final Path node) throws IOException {
        final byte[] block = new byte[BYTES];
        try (Descriptor device = Descriptor.openReadOnly(node)) {
            if (device.readAt(block, START) != BYTES) {
                throw new IOException("no super block on " + node);
            }
        }
        if (Byte.toUnsignedInt(block[MAGIC]) != 0x53 || Byte.toUnsignedInt(block[MAGIC + 1]) != 0xEF) {
            throw new IOException("no ext4 super block on " + node);
        }
        final ByteBuffer uuid = ByteBuffer.wrap(block, UUID_AT, 2 * Long.BYTES);
        return new UUID(uuid.getLong(), uuid.getLong());
    }
}
