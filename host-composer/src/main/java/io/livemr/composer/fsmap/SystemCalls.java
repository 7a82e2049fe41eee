package io.livemr.composer.fsmap;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * {@code fsmapcreate} and {@code fsmapdelete} (Documentation/filesystems/fsmapcreate.rst, ext4-patches/0101), and what opens and closes
 * descriptors.
 *
 * <pre>
 *  struct fsmap_segment:  0 offset in the destination  8 length  16 –      bytes, both 64 bit
 * </pre>
 */
final class SystemCalls {

    static final int E2BIG = 7;
    static final int EBADF = 9;
    static final int ENOSPC = 28;
    static final int ENODATA = 61;

    private static final long FSMAPCREATE = 1000;
    private static final long FSMAPDELETE = 1001;
    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_CLOEXEC = 02000000;
    private static final int SEGMENT_BYTES = 16;

    static {
        Native.register(SystemCalls.class, Platform.C_LIBRARY_NAME);
    }

    private SystemCalls() {
    }

    static int openForReading(final String path) {
        return open(path, O_RDONLY | O_CLOEXEC, 0);
    }

    /** A new, empty file that nobody may read yet. */
    static int openNew(final String path) {
        return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0);
    }

    /** Makes the file longer by a range of the destination, and its holder this descriptor. */
    static void fsmapcreate(final int file, final int destination, final long offsetBytes, final long lengthBytes) {
        try (Memory segment = new Memory(SEGMENT_BYTES)) {
            segment.setLong(0, offsetBytes);
            segment.setLong(8, lengthBytes);
            syscall(FSMAPCREATE, file, destination, segment, 1, 0);
        }
    }

    static void fsmapdelete(final int file) {
        syscall(FSMAPDELETE, file, 0, Pointer.NULL, 0, 0);
    }

    private static native int open(String path, int flags, int mode) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    private static native long syscall(long number, long file, long destination, Pointer segments, long count, long flags)
            throws LastErrorException;
}
