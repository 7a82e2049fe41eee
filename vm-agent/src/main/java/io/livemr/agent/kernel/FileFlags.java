package io.livemr.agent.kernel;

import com.sun.jna.Memory;

/** Inode flags ({@code lsattr}, {@code chattr}), inode generation and file system type of an open file. */
public final class FileFlags {

    public static final int COMPRESSED = 0x4;
    public static final int IMMUTABLE = 0x10;
    public static final int APPEND_ONLY = 0x20;
    public static final int ENCRYPTED = 0x800;
    public static final int JOURNALED_DATA = 0x4000;
    public static final int EXTENTS = 0x80000;
    public static final int VERITY = 0x100000;
    public static final int DAX = 0x2000000;
    public static final int INLINE_DATA = 0x10000000;

    public static final long EXT4_MAGIC = 0xEF53;

    private static final long FS_IOC_GETFLAGS = 0x80086601L;
    private static final long FS_IOC_SETFLAGS = 0x40086602L;
    private static final long FS_IOC_GETVERSION = 0x80087601L;
    private static final int STATFS_BYTES = 256;

    private FileFlags() {
    }

    public static int of(final Descriptor file) throws KernelException {
        return askInt(file, FS_IOC_GETFLAGS, "FS_IOC_GETFLAGS");
    }

    public static boolean isAppendOnly(final Descriptor file) throws KernelException {
        return (of(file) & APPEND_ONLY) != 0;
    }

    /** Sets or clears append-only; needs CAP_LINUX_IMMUTABLE. Durable after the next {@link Descriptor#sync}. */
    public static void setAppendOnly(final Descriptor file, final boolean on) throws KernelException {
        final int now = of(file);
        final int wanted = on ? now | APPEND_ONLY : now & ~APPEND_ONLY;
        if (wanted == now) {
            return;
        }
        try (Memory flags = new Memory(Long.BYTES)) {
            flags.setLong(0, wanted);
            if (Libc.ioctl(file.fd(), FS_IOC_SETFLAGS, flags) < 0) {
                throw KernelException.last("FS_IOC_SETFLAGS", file);
            }
        }
    }

    /** Differs between two files that had the same inode number one after the other. Unsigned 32 bits. */
    public static long generation(final Descriptor file) throws KernelException {
        return Integer.toUnsignedLong(askInt(file, FS_IOC_GETVERSION, "FS_IOC_GETVERSION"));
    }

    public static long fileSystemMagic(final Descriptor file) throws KernelException {
        try (Memory result = new Memory(STATFS_BYTES)) {
            if (Libc.fstatfs(file.fd(), result) < 0) {
                throw KernelException.last("fstatfs", file);
            }
            return result.getLong(0);
        }
    }

    private static int askInt(final Descriptor file, final long request, final String name) throws KernelException {
        try (Memory answer = new Memory(Long.BYTES)) {
            answer.clear();
            if (Libc.ioctl(file.fd(), request, answer) < 0) {
                throw KernelException.last(name, file);
            }
            return answer.getInt(0);
        }
    }
}
