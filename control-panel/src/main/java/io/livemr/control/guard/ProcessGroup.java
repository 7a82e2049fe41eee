package io.livemr.control.guard;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The processes of one group, found in {@code /proc}. Linux only. */
public record ProcessGroup(long id) {

    private static final Duration POLL = Duration.ofMillis(20);

    /** Waits until every member is gone; the leader may well be gone before a command that it started. */
    public void awaitEnd(final Duration limit) {
        final long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (hasMembers() && System.nanoTime() < deadlineNanos && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean hasMembers() {
        return ProcessHandle.allProcesses().anyMatch(process -> ProcessIdentity.isInGroup(process.pid(), id));
    }
}
