package io.livemr.composer.fuse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may wait for bytes, so that files in a resync cannot hold every thread of the mount.
 *
 * <p>There are {@code slots} at a time. A read may take one if its file holds fewer than are free: one stuck file gets at most half,
 * two a third each, and there is always room for the next file. (The rule is Choudhury and Hahne's dynamic threshold for shared buffers: it needs
 * no clock and no guess about which file is stuck.) Reads beyond that are put aside, in order, up to a limit; whoever leaves a slot
 * takes one that may run now.
 *
 * <p>Safe to share between threads; nothing blocks under its lock.
 */
final class BlockingReads {

    /** A request put aside: a copy of its bytes, since the buffer goes on to the next. */
    record Deferred(long unique, String file, byte[] request, long sinceNanos) { }

    enum Admission { RUN, DEFERRED, FULL }

    private final int slots;
    private final int maxDeferred;
    private final Set<Long> running = new HashSet<>();
    private final Map<String, Integer> runningByFile = new HashMap<>();
    private final Deque<Deferred> deferred = new ArrayDeque<>();

    BlockingReads(final int slots, final int maxDeferred) {
        this.slots = slots;
        this.maxDeferred = maxDeferred;
    }

    synchronized Admission enter(final String file, final FuseRequest request) {
        if (hasRoom(file)) {
            start(file, request.unique());
            return Admission.RUN;
        }
        if (deferred.size() >= maxDeferred) {
            return Admission.FULL;
        }
        deferred.add(new Deferred(request.unique(), file, request.copy(), System.nanoTime()));
        return Admission.DEFERRED;
    }

    private boolean hasRoom(final String file) {
        return runningByFile.getOrDefault(file, 0) < slots - running.size();
    }

    private void start(final String file, final long unique) {
        running.add(unique);
        runningByFile.merge(file, 1, Integer::sum);
    }

    /** Gives the slot back and takes it for the first read put aside that may run now: it, or null. */
    synchronized Deferred leave(final String file, final long unique) {
        running.remove(unique);
        runningByFile.computeIfPresent(file, (name, count) -> count == 1 ? null : count - 1);
        for (final Iterator<Deferred> each = deferred.iterator(); each.hasNext();) {
            final Deferred next = each.next();
            if (hasRoom(next.file)) {
                each.remove();
                start(next.file, next.unique);
                return next;
            }
        }
        return null;
    }

    /** Takes out the reads that were put aside before {@code nanos} of {@link System#nanoTime()}; the caller answers them. */
    synchronized List<Deferred> removeOlderThan(final long nanos) {
        final List<Deferred> old = new ArrayList<>();
        while (!deferred.isEmpty() && deferred.peek().sinceNanos - nanos < 0) {
            old.add(deferred.poll());
        }
        return old;
    }

    /** Takes out one read that was put aside; false if it was not. */
    synchronized boolean removeDeferred(final long unique) {
        return deferred.removeIf(each -> each.unique == unique);
    }

    synchronized boolean isRunning(final long unique) {
        return running.contains(unique);
    }

    synchronized int runningCount() {
        return running.size();
    }

    synchronized int deferredCount() {
        return deferred.size();
    }
}
