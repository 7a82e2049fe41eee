package io.livemr.agent.kernel;

import com.sun.jna.Memory;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Asks the device mapper for a device's table: {@code DM_TABLE_STATUS} on {@code /dev/mapper/control}.
 *
 * <pre>
 *  struct dm_ioctl, 312 bytes, native byte order:
 *  byte 0           12         16          20            28     40   48         176
 *       version[3]  data size  data start  target count  flags  dev  name[128]  uuid[129]
 * </pre>
 */
public final class DeviceMapperControl {

    /** The answer as the kernel gave it, to be read by whoever knows targets. */
    public record Answer(int targetCount, byte[] targets) {
    }

    private static final long DM_TABLE_STATUS = 0xC138FD0CL;
    private static final int HEADER_BYTES = 312;
    private static final int FLAG_STATUS_TABLE = 1 << 4;
    private static final int FLAG_BUFFER_FULL = 1 << 8;
    private static final int FIRST_BUFFER_BYTES = 16 * 1024;
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private final Path control;

    public DeviceMapperControl(final Path control) {
        this.control = control;
    }

    public Answer table(final int major, final int minor) throws KernelException {
        try (Descriptor mapper = Descriptor.openReadWrite(control)) {
            for (int bytes = FIRST_BUFFER_BYTES; bytes <= LIMIT_BYTES; bytes *= 4) {
                final Answer answer = ask(mapper, major, minor, bytes);
                if (answer != null) {
                    return answer;
                }
            }
        }
        throw new IllegalStateException("device-mapper table of " + major + ":" + minor + " is longer than bytes=" + LIMIT_BYTES);
    }

    /** Null if the buffer was too small. */
    private static Answer ask(final Descriptor mapper, final int major, final int minor, final int bytes)
            throws KernelException {
        try (Memory request = new Memory(bytes)) {
            request.clear();
            request.setInt(0, 4);
            request.setInt(12, bytes);
            request.setInt(16, HEADER_BYTES);
            request.setInt(28, FLAG_STATUS_TABLE);
            request.setLong(40, encoded(major, minor));
            if (Libc.ioctl(mapper.fd(), DM_TABLE_STATUS, request) < 0) {
                throw KernelException.last("DM_TABLE_STATUS", major + ":" + minor);
            }
            if ((request.getInt(28) & FLAG_BUFFER_FULL) != 0) {
                return null;
            }
            final byte[] all = request.getByteArray(0, Math.min(bytes, request.getInt(12)));
            return new Answer(request.getInt(20), Arrays.copyOfRange(all, request.getInt(16), all.length));
        }
    }

    /** The kernel's {@code huge_encode_dev}. */
    private static long encoded(final int major, final int minor) {
        return (minor & 0xff) | ((long) major << 8) | ((long) (minor & ~0xff) << 12);
    }
}
