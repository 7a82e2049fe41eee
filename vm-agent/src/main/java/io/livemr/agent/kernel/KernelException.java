package io.livemr.agent.kernel;

import com.sun.jna.Native;
import java.io.IOException;

/** A system call said no; {@link #errno()} tells why. */
public final class KernelException extends IOException {

    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;

    private final int errno;

    public KernelException(final String call, final String subject, final int errno) {
        super(call + " " + subject + ": " + Libc.strerror(errno) + " errno=" + errno);
        this.errno = errno;
    }

    /** Why this thread's last call failed. Must directly follow that call. */
    static KernelException last(final String call, final Object subject) {
        return new KernelException(call, String.valueOf(subject), Native.getLastError());
    }

    public int errno() {
        return errno;
    }

    public boolean is(final int... errnos) {
        for (final int candidate : errnos) {
            if (candidate == errno) {
                return true;
            }
        }
        return false;
    }
}
