package io.livemr.agent.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One inotify instance that watches single files.
 *
 * <p>{@link #await} is for one thread; adding and removing watches is safe from another. An event is
 * {@code watch, mask, cookie, name length} (32 bits each) and the name, which single files do not have.
 */
public final class Inotify implements AutoCloseable {

    public static final int MODIFY = 0x2;
    public static final int ATTRIBUTES = 0x4;
    public static final int DELETE_SELF = 0x400;
    public static final int MOVE_SELF = 0x800;
    public static final int OVERFLOW = 0x4000;
    public static final int IGNORED = 0x8000;

    private static final int EVENT_BYTES = 16;

    /** Takes events; a watch of -1 goes with {@link #OVERFLOW}: events were lost, look at every file. */
    public interface Listener {
        void happened(int watch, int mask);
    }

    private final Descriptor queue;
    private final byte[] buffer = new byte[64 * 1024];

    public Inotify() throws KernelException {
        final int fd = Libc.inotify_init1(Descriptor.O_NONBLOCK | Descriptor.O_CLOEXEC);
        if (fd < 0) {
            throw KernelException.last("inotify_init1", "");
        }
        queue = new Descriptor(fd);
    }

    /** Watches the very file that is open, not what its path names by now. */
    public int watch(final Descriptor file) throws KernelException {
        final int mask = MODIFY | ATTRIBUTES | DELETE_SELF | MOVE_SELF;
        final int watch = Libc.inotify_add_watch(queue.fd(), file.procPath().toString(), mask);
        if (watch < 0) {
            throw KernelException.last("inotify_add_watch", file);
        }
        return watch;
    }

    /** Ends a watch; one that is gone already is fine. */
    public void unwatch(final int watch) {
        Libc.inotify_rm_watch(queue.fd(), watch);
    }

    /** Waits for events up to a time and hands them on. */
    public void await(final int timeoutMillis, final Listener listener) throws KernelException {
        if (!Poll.readable(queue, timeoutMillis)) {
            return;
        }
        final long count = Libc.read(queue.fd(), buffer, buffer.length);
        if (count < 0) {
            final KernelException failure = KernelException.last("read", "inotify");
            if (!failure.is(KernelException.EAGAIN, KernelException.EINTR)) {
                throw failure;
            }
            return;
        }
        final ByteBuffer events = ByteBuffer.wrap(buffer, 0, (int) count).order(ByteOrder.nativeOrder());
        while (events.remaining() >= EVENT_BYTES) {
            final int start = events.position();
            listener.happened(events.getInt(start), events.getInt(start + 4));
            events.position(start + EVENT_BYTES + events.getInt(start + 12));
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
