package io.livemr.agent.route;

import io.livemr.agent.disk.DiskIdentity;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.kernel.ScsiDevice;
import io.livemr.agent.kernel.ScsiException;
import io.livemr.agent.kernel.SenseData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The vendor command C5h of docs/protocol.md, section 8.
 *
 * <pre>
 *  byte 0      1         2             6                      9
 *       +------+---------+-------------+----------------------+---------+
 *       | C5h  | 01h     | 0           | list length, 24 bits | control |
 *       +------+---------+-------------+----------------------+---------+
 * </pre>
 */
public final class VendorCommand implements MapCommand {

    /** A device's node, a command and its data; GOOD, or an exception. */
    interface Sender {
        void write(Path node, byte[] command, byte[] data) throws IOException;
    }

    private static final byte OPERATION = (byte) 0xC5;
    private static final byte VERSION = 1;
    private static final int COMMAND_BYTES = 10;
    private static final int LENGTH_AT = 5;
    private static final int TRIES = 3;

    private static final String EMULATED = "QEMU";

    private final boolean anyVendor;
    private final Sender sender;

    /** @param anyVendor also asks disks that do not say that they are QEMU's: to a real one, C5h may mean anything. */
    public VendorCommand(final boolean anyVendor) {
        this(anyVendor, ScsiDevice::write);
    }

    VendorCommand(final boolean anyVendor, final Sender sender) {
        this.anyVendor = anyVendor;
        this.sender = sender;
    }

    @Override
    public void send(final DiskIdentity disk, final byte[] records) throws IOException {
        if (!anyVendor && !EMULATED.equals(disk.vendor())) {
            throw new WayGoneException(disk.node() + " is not asked: vendor=" + disk.vendor(), null);
        }
        try {
            write(disk.node(), command(records.length), records);
        } catch (final ScsiException e) {
            throw e.sense().equals(SenseData.INVALID_OPERATION_CODE) ? gone(disk, e) : e;
        } catch (final KernelException e) {
            throw e.is(KernelException.ENOTTY) ? gone(disk, e) : e;
        }
    }

    private void write(final Path node, final byte[] command, final byte[] records) throws IOException {
        for (int triesLeft = TRIES - 1;; triesLeft--) {
            try {
                sender.write(node, command, records);
                return;
            } catch (final ScsiException e) {
                if (!e.sense().isUnitAttention() || triesLeft == 0) {
                    throw e;
                }
            }
        }
    }

    private static byte[] command(final int listBytes) {
        // The low three bytes of the number are the length; its high one falls on byte 5, which is 0.
        return ByteBuffer.allocate(COMMAND_BYTES)
                .put(0, OPERATION).put(1, VERSION).putInt(LENGTH_AT, listBytes).array();
    }

    private static WayGoneException gone(final DiskIdentity disk, final IOException cause) {
        return new WayGoneException(disk.node() + " does not take map records: " + cause.getMessage(), cause);
    }
}
