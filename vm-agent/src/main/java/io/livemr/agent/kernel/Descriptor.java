package io.livemr.agent.kernel;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An open file descriptor. Closing twice is harmless; using it after closing is not noticed by the kernel, so
 * one owner closes it when nobody else can be using it.
 */
public final class Descriptor implements AutoCloseable {

    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_NOCTTY = 0x100;
    static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final int SYS_OPENAT2 = 437;
    private static final int OPEN_HOW_BYTES = 24;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;

    private final int fd;
    private boolean closed;

    Descriptor(final int fd) {
        this.fd = fd;
    }

    public static Descriptor openReadOnly(final Path path) throws KernelException {
        return open(path, 0);
    }

    public static Descriptor openReadWrite(final Path path) throws KernelException {
        return open(path, O_RDWR | O_NOCTTY);
    }

    private static Descriptor open(final Path path, final int flags) throws KernelException {
        final int fd = Libc.open(path.toString(), flags | O_NONBLOCK | O_CLOEXEC, 0);
        if (fd < 0) {
            throw KernelException.last("open", path);
        }
        return new Descriptor(fd);
    }

    /** A handle on what a path names; devices and sockets are not woken by it. */
    static Descriptor lookUp(final Path path) throws KernelException {
        return open(path, O_PATH);
    }

    /** A handle on what a path names, through no symbolic link in any component; nothing is opened for reading yet. */
    public static Descriptor lookUpWithoutLinks(final String path) throws KernelException {
        try (Memory how = new Memory(OPEN_HOW_BYTES)) {
            how.setLong(0, O_PATH | O_CLOEXEC);
            how.setLong(8, 0);
            how.setLong(16, RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
            final long fd = Libc.syscall(SYS_OPENAT2, Libc.AT_FDCWD, path, how, OPEN_HOW_BYTES);
            if (fd < 0) {
                throw KernelException.last("openat2", path);
            }
            return new Descriptor((int) fd);
        }
    }

    /** Opens for reading what {@link #lookUpWithoutLinks} found; the path is not walked again. */
    public Descriptor reopenForReading() throws KernelException {
        return openReadOnly(procPath());
    }

    /** Leads the JDK to this very file, whatever its path is by now. */
    public Path procPath() {
        return Path.of("/proc/self/fd/" + fd);
    }

    public Path procInfoPath() {
        return Path.of("/proc/self/fdinfo/" + fd);
    }

    public FileStat stat() throws KernelException {
        return FileStat.of(fd);
    }

    /** Returns when data and metadata are on the disk. */
    public void sync() throws KernelException {
        if (Libc.fsync(fd) < 0) {
            throw KernelException.last("fsync", this);
        }
    }

    /** Reads up to a buffer's length at an offset; -1 at the end. */
    public int readAt(final byte[] target, final long offsetBytes) throws IOException {
        final long count = Libc.pread(fd, target, target.length, offsetBytes);
        if (count < 0) {
            throw KernelException.last("pread", this);
        }
        return count == 0 ? -1 : (int) count;
    }

    int fd() {
        return fd;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }

    @Override
    public String toString() {
        return "fd=" + fd;
    }
}
