package io.livemr.agent.kernel;

import com.sun.jna.Memory;

/** {@code poll(2)} for one descriptor. */
final class Poll {

    static final short IN = 0x1;
    static final short OUT = 0x4;
    static final short ERROR = 0x8;
    static final short HANGUP = 0x10;

    private Poll() {
    }

    static boolean readable(final Descriptor descriptor, final int timeoutMillis) throws KernelException {
        return (poll(descriptor, IN, timeoutMillis) & IN) != 0;
    }

    /** What happened; 0 after the timeout or a signal. */
    static int poll(final Descriptor descriptor, final short events, final int timeoutMillis)
            throws KernelException {
        try (Memory request = new Memory(Long.BYTES)) {
            request.setInt(0, descriptor.fd());
            request.setShort(4, events);
            request.setShort(6, (short) 0);
            if (Libc.poll(request, 1, timeoutMillis) >= 0) {
                return request.getShort(6);
            }
            final KernelException failure = KernelException.last("poll", descriptor);
            if (failure.is(KernelException.EINTR)) {
                return 0;
            }
            throw failure;
        }
    }
}
