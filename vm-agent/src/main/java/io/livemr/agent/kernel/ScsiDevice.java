package io.livemr.agent.kernel;

import com.sun.jna.Memory;
import java.nio.file.Path;

/**
 * Sends a command of one's own to a SCSI disk: {@code SG_IO}. Root may send any.
 *
 * <pre>
 *  struct sg_io_hdr, 88 bytes, native byte order, on 64-bit systems:
 *  byte 0    4          8        9           12          16    24   32     40
 *       'S'  direction  CDB len  sense room  data bytes  data  CDB  sense  timeout ms
 *  answered:
 *  byte 64      67           68           70
 *       status  sense bytes  host status  driver status
 * </pre>
 *
 * Opened anew for each command and for reading only: the disk under a mounted file system can be opened so on every kernel,
 * and udev takes no notice. Returns when the disk has answered; virtio-scsi never times out.
 */
public final class ScsiDevice {

    private static final long SG_IO = 0x2285;
    private static final int HEADER_BYTES = 88;
    private static final int TO_DEVICE = -2;
    private static final int NO_DATA = -1;
    private static final int SENSE_ROOM_BYTES = 64;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int DRIVER_SENSE = 8;

    private ScsiDevice() {
    }

    /**
     * @throws KernelException {@code ENOTTY} if the node is no SCSI disk.
     * @throws ScsiException   if the disk did not answer GOOD.
     */
    public static void write(final Path node, final byte[] command, final byte[] data)
            throws KernelException, ScsiException {
        try (Descriptor disk = Descriptor.openReadOnly(node); Memory header = new Memory(HEADER_BYTES);
                Memory parts = new Memory(SENSE_ROOM_BYTES + command.length + (long) data.length)) {
            parts.clear();
            parts.write(SENSE_ROOM_BYTES, command, 0, command.length);
            parts.write(SENSE_ROOM_BYTES + (long) command.length, data, 0, data.length);
            describe(header, parts, command.length, data.length);
            if (Libc.ioctl(disk.fd(), SG_IO, header) < 0) {
                throw KernelException.last("SG_IO", node);
            }
            requireGood(node, header, parts);
        }
    }

    private static void describe(final Memory header, final Memory parts, final int commandBytes, final int dataBytes) {
        header.clear();
        header.setInt(0, 'S');
        header.setInt(4, dataBytes == 0 ? NO_DATA : TO_DEVICE);
        header.setByte(8, (byte) commandBytes);
        header.setByte(9, (byte) SENSE_ROOM_BYTES);
        header.setInt(12, dataBytes);
        header.setPointer(16, dataBytes == 0 ? null : parts.share(SENSE_ROOM_BYTES + (long) commandBytes));
        header.setPointer(24, parts.share(SENSE_ROOM_BYTES));
        header.setPointer(32, parts);
        header.setInt(40, TIMEOUT_MILLIS);
    }

    private static void requireGood(final Path node, final Memory header, final Memory parts) throws ScsiException {
        final int status = Byte.toUnsignedInt(header.getByte(64));
        final int host = Short.toUnsignedInt(header.getShort(68));
        final int driver = Short.toUnsignedInt(header.getShort(70)) & ~DRIVER_SENSE;
        if (status != 0 || host != 0 || driver != 0) {
            final int senseBytes = Math.min(SENSE_ROOM_BYTES, Byte.toUnsignedInt(header.getByte(67)));
            throw new ScsiException("disk=" + node + " status=" + status + " host=" + host + " driver=" + driver,
                    SenseData.decode(parts.getByteArray(0, senseBytes)));
        }
    }
}
