package io.livemr.composer.fuse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What is open, by the number the kernel was given for it. Bounded: past the limit opening gives {@code ENFILE}. Safe to share between threads. */
final class HandleTable<T> {

    private final Map<Long, T> handles = new ConcurrentHashMap<>();
    private final AtomicLong lastHandle = new AtomicLong();
    private final Semaphore free;

    HandleTable(final int maxHandles) {
        this.free = new Semaphore(maxHandles);
    }

    long open(final T value) throws FuseErrorException {
        if (!free.tryAcquire()) {
            throw new FuseErrorException(Errno.ENFILE, "too many open handles=" + handles.size());
        }
        final long handle = lastHandle.incrementAndGet();
        handles.put(handle, value);
        return handle;
    }

    T find(final long handle) throws FuseErrorException {
        final T value = handles.get(handle);
        if (value == null) {
            throw new FuseErrorException(Errno.EBADF, "unknown handle=" + handle);
        }
        return value;
    }

    void release(final long handle) {
        if (handles.remove(handle) != null) {
            free.release();
        }
    }

    int size() {
        return handles.size();
    }
}
