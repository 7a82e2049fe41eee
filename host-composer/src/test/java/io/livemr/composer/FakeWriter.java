package io.livemr.composer;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Path;

/** Holds the lock that QEMU holds on an image it writes to, until closed. */
public final class FakeWriter implements AutoCloseable {

    private static final int O_RDWR = 2;
    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;

    static {
        Native.register(FakeWriter.class, Platform.C_LIBRARY_NAME);
    }

    private final int descriptor;

    public FakeWriter(final Path image) {
        descriptor = open(image.toString(), O_RDWR);
        final Memory flock = new Memory(32);
        flock.clear();
        flock.setShort(0, F_RDLCK);
        flock.setLong(8, 101);
        flock.setLong(16, 1);
        if (descriptor < 0 || fcntl(descriptor, F_OFD_SETLK, flock) != 0) {
            throw new IllegalStateException("cannot lock " + image + " errno=" + Native.getLastError());
        }
    }

    @Override
    public void close() {
        close(descriptor);
    }

    private static native int open(String path, int flags);

    private static native int close(int descriptor);

    private static native int fcntl(int descriptor, int command, Memory flock);
}
