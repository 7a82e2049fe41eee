package io.livemr.agent.kernel;

import com.sun.jna.Memory;

/**
 * Asks a kernel with ext4-patches to tell a granted file's map itself: docs/protocol.md, section 8. A stock kernel answers
 * {@code ENOTTY}; {@code EOPNOTSUPP} means that this file, or the device under it, cannot.
 *
 * <pre>
 *  argument of ANNOUNCE, 8 bytes, native byte order:
 *  byte 0      4
 *       epoch  flags, 0
 * </pre>
 */
public final class LiveMrIoctl {

    private static final long EXT4_IOC_LIVEMR_ANNOUNCE = 0x40086632L;   // _IOW('f', 50, 8 bytes)
    private static final long EXT4_IOC_LIVEMR_WITHDRAW = 0x6633L;       // _IO('f', 51)
    private static final int UNKNOWN_FLAGS = -1;

    private LiveMrIoctl() {
    }

    /** Changes nothing: asks with flags that no kernel has, which one that knows the request answers with {@code EINVAL}. */
    public static void probe(final Descriptor file) throws KernelException {
        try {
            announce(file, 0, UNKNOWN_FLAGS);
        } catch (final KernelException e) {
            if (!e.is(KernelException.EINVAL)) {
                throw e;
            }
        }
    }

    /** The file's attribute is set. Waits until what is in memory only has been written. */
    public static void announce(final Descriptor file, final long epoch) throws KernelException {
        announce(file, epoch, 0);
    }

    private static void announce(final Descriptor file, final long epoch, final int flags) throws KernelException {
        try (Memory argument = new Memory(Long.BYTES)) {
            argument.setInt(0, (int) epoch);
            argument.setInt(Integer.BYTES, flags);
            if (Libc.ioctl(file.fd(), EXT4_IOC_LIVEMR_ANNOUNCE, argument) < 0) {
                throw KernelException.last("EXT4_IOC_LIVEMR_ANNOUNCE", file);
            }
        }
    }

    /** Harmless for a file of which nothing is announced. */
    public static void withdraw(final Descriptor file) throws KernelException {
        if (Libc.ioctl(file.fd(), EXT4_IOC_LIVEMR_WITHDRAW, null) < 0) {
            throw KernelException.last("EXT4_IOC_LIVEMR_WITHDRAW", file);
        }
    }
}
