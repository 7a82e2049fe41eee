package io.livemr.composer.image;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Looks at the lock by which QEMU says "I write to this image".
 *
 * <p>QEMU takes, by open file description, a shared lock on byte {@code 100 + n} of an image for each permission n that it uses
 * (block/file-posix.c, {@code RAW_LOCK_PERM_BASE}); {@code BLK_PERM_WRITE} is n = 1. When the image becomes the backing file of a
 * snapshot, when a block job pivots away from it, when a migration ends or QEMU dies, that lock is dropped before the next guest
 * write goes elsewhere. So an image whose byte 101 is locked is the one that holds the guest's last writes. The guest cannot reach this lock.
 *
 * <pre>
 *  struct flock64, Linux 64 bit:  0 type  2 whence  4 –  8 start  16 length  24 pid  28 –
 * </pre>
 *
 * Asking takes no lock: {@code F_OFD_GETLK} only tells who would be in the way. One system call, safe to share between threads.
 */
public final class WriterLock implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int F_OFD_GETLK = 36;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;
    private static final long PERM_WRITE_BYTE = 101;
    private static final int FLOCK_BYTES = 32;
    private static final ThreadLocal<Flock> FLOCK = ThreadLocal.withInitial(Flock::new);

    static {
        Native.register(WriterLock.class, Platform.C_LIBRARY_NAME);
    }

    private final int descriptor;
    private volatile boolean closed;

    private WriterLock(final int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens the image for looking at its locks. */
    public static WriterLock of(final Path image) throws IOException {
        final int descriptor = open(image.toString(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) {
            throw new IOException("cannot open image=" + image + " errno=" + Native.getLastError());
        }
        final WriterLock lock = new WriterLock(descriptor);
        // Not in close(): the number could name another image while a reader still asks about it.
        CLEANER.register(lock, () -> close(descriptor));
        return lock;
    }

    /** Whether somebody holds the image open for writing as QEMU does. An error of the call is a no. */
    public boolean isHeld() {
        if (closed) {
            return false;
        }
        try {
            final Flock flock = FLOCK.get();
            flock.ask();
            return fcntl(descriptor, F_OFD_GETLK, flock.address) == 0 && flock.bytes.getShort(0) != F_UNLCK;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One thread's question and answer; the address goes to the call, so that JNA passes nothing but numbers. */
    private static final class Flock {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(FLOCK_BYTES).order(ByteOrder.nativeOrder());
        private final long address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));

        void ask() {
            bytes.putLong(0, 0).putShort(0, F_WRLCK).putLong(8, PERM_WRITE_BYTE).putLong(16, 1).putLong(24, 0);
        }
    }

    private static native int open(String path, int flags);

    private static native int close(int descriptor);

    private static native int fcntl(int descriptor, int command, long flockAddress);
}
