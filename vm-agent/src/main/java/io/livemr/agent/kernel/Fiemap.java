package io.livemr.agent.kernel;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file's bytes are on its block device, by {@code FS_IOC_FIEMAP} with {@code FIEMAP_FLAG_SYNC}.
 *
 * <pre>
 *  byte 0      8       16     20      24      32
 *       start  length  flags  mapped  count   extents…
 *  each extent, 56 bytes:
 *  byte 0        8         16      24        40     44
 *       logical  physical  length  reserved  flags  reserved
 * </pre>
 *
 * Bytes throughout, native byte order; physical is counted from the start of the file system's block device.
 */
public final class Fiemap {

    /** One answer of the kernel; may begin before the offset that was asked for. */
    public record Run(long logicalBytes, long physicalBytes, long lengthBytes, int flags) {

        public static final int UNKNOWN = 0x2;
        public static final int DELAYED = 0x4;
        public static final int UNWRITTEN = 0x800;

        /** Encoded, encrypted, not aligned, inline, packed into a tail, or shared with another file. */
        private static final int NEVER_PLAIN = 0x8 | 0x80 | 0x100 | 0x200 | 0x400 | 0x2000;

        private static final int LAST = 0x1;

        public boolean isPlain() {
            return (flags & NEVER_PLAIN) == 0;
        }

        /** Written to the blocks that are named; otherwise the bytes on the disk read as zeros. */
        public boolean isWritten() {
            return (flags & (UNKNOWN | DELAYED | UNWRITTEN)) == 0;
        }

        boolean isLast() {
            return (flags & LAST) != 0;
        }

        public long endBytes() {
            return logicalBytes + lengthBytes;
        }
    }

    private static final long FS_IOC_FIEMAP = 0xC020660BL;
    private static final int FLAG_SYNC = 0x1;
    private static final int HEADER_BYTES = 32;
    private static final int EXTENT_BYTES = 56;
    private static final int BATCH = 1_024;

    private Fiemap() {
    }

    /** All runs from one offset up to another, in file order. */
    public static List<Run> read(final Descriptor file, final long fromBytes, final long toBytes)
            throws KernelException {
        final List<Run> runs = new ArrayList<>();
        try (Memory request = new Memory(HEADER_BYTES + (long) BATCH * EXTENT_BYTES)) {
            long next = fromBytes;
            while (next < toBytes) {
                final int found = ask(file, request, next, toBytes - next);
                collect(request, found, runs);
                if (found == 0 || runs.get(runs.size() - 1).isLast()) {
                    break;
                }
                next = runs.get(runs.size() - 1).endBytes();
            }
        }
        return runs;
    }

    private static int ask(final Descriptor file, final Memory request, final long start, final long length)
            throws KernelException {
        request.clear(HEADER_BYTES);
        request.setLong(0, start);
        request.setLong(8, length);
        request.setInt(16, FLAG_SYNC);
        request.setInt(24, BATCH);
        if (Libc.ioctl(file.fd(), FS_IOC_FIEMAP, request) < 0) {
            throw KernelException.last("FS_IOC_FIEMAP", file);
        }
        return request.getInt(20);
    }

    private static void collect(final Memory answer, final int count, final List<Run> runs) {
        for (int i = 0; i < count; i++) {
            final long at = HEADER_BYTES + (long) i * EXTENT_BYTES;
            runs.add(new Run(
                    answer.getLong(at), answer.getLong(at + 8), answer.getLong(at + 16), answer.getInt(at + 40)));
        }
    }
}
