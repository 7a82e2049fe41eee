package io.livemr.agent.kernel;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * The C library, mapped directly: no proxies, so that a call costs little under emulation.
 *
 * <p>Each call sets this thread's {@link Native#getLastError()}; {@link KernelException#last} reads it.
 * {@code ioctl}, {@code open} and {@code syscall} are variadic in C; with integer and pointer arguments only,
 * the 64-bit Linux calling conventions pass them like fixed ones.
 */
final class Libc {

    static final int AT_FDCWD = -100;

    static {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {
    }

    static native int open(String path, int flags, int mode);

    static native int close(int fd);

    static native int fsync(int fd);

    static native long read(int fd, byte[] buffer, long count);

    static native long write(int fd, Pointer buffer, long count);

    static native long pread(int fd, byte[] buffer, long count, long offset);

    static native int poll(Pointer descriptors, long count, int timeoutMillis);

    static native int ioctl(int fd, long request, Pointer argument);

    static native long syscall(long number, long a, String path, Pointer how, long size);

    static native int statx(int directoryFd, String path, int flags, int mask, Pointer result);

    static native int fstatfs(int fd, Pointer result);

    static native long fgetxattr(int fd, String name, byte[] value, long size);

    static native int fsetxattr(int fd, String name, byte[] value, long size, int flags);

    static native int fremovexattr(int fd, String name);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, String path, int mask);

    static native int inotify_rm_watch(int fd, int watch);

    static native int socket(int domain, int type, int protocol);

    static native int connect(int fd, byte[] address, int length);

    static native int fcntl(int fd, int command, long argument);

    static native String strerror(int errno);
}
