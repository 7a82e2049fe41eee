package io.livemr.agent.kernel;

import com.sun.jna.Memory;

/**
 * What {@code statx(2)} says of an open file. Its struct is the same on every architecture:
 *
 * <pre>
 *  byte 16     20     28     32    40           136         140
 *       links  uid    mode   inode size bytes   dev major   dev minor
 * </pre>
 */
public record FileStat(
        long links, long ownerUid, int mode, long inode, long lengthBytes, long blocks512,
        int deviceMajor, int deviceMinor) {

    private static final int STATX_BYTES = 256;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFDIR = 0x4000;
    private static final int S_IFREG = 0x8000;
    private static final int S_IFSOCK = 0xc000;

    static FileStat of(final int fd) throws KernelException {
        try (Memory result = new Memory(STATX_BYTES)) {
            if (Libc.statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, result) < 0) {
                throw KernelException.last("statx", "fd=" + fd);
            }
            return new FileStat(
                    Integer.toUnsignedLong(result.getInt(16)), Integer.toUnsignedLong(result.getInt(20)),
                    Short.toUnsignedInt(result.getShort(28)), result.getLong(32), result.getLong(40), result.getLong(48),
                    result.getInt(136), result.getInt(140));
        }
    }

    public boolean isRegularFile() {
        return (mode & S_IFMT) == S_IFREG;
    }

    public boolean isFolder() {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public boolean isOnDeviceOf(final FileStat other) {
        return deviceMajor == other.deviceMajor && deviceMinor == other.deviceMinor;
    }

    /** No path leads to it any more. */
    public boolean isDeleted() {
        return links == 0;
    }

    boolean isSocket() {
        return (mode & S_IFMT) == S_IFSOCK;
    }
}
