package io.livemr.composer.fuse;

/** Linux error numbers (include/uapi/asm-generic/errno-base.h and errno.h) that this file system gives or gets. Positive. */
final class Errno {

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EROFS = 30;
    static final int ERANGE = 34;
    static final int ENOSYS = 38;
    static final int ENODATA = 61;
    static final int EPROTO = 71;
    static final int ENOTCONN = 107;
    static final int ECONNABORTED = 103;
    static final int ESTALE = 116;

    private Errno() {
    }
}
