package io.livemr.control.guard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The processes of one group, found in {@code /proc}. Linux only. */
public record ProcessGroup(long id) {

    private static final Duration POLL = Duration.ofMillis(20);

    /** Waits until every member is gone; the leader may well be gone before a command that it started. */
    public void awaitEnd(final Duration limit) {
        until(limit, () -> members().findAny().isEmpty());
    }

    /** Kills all members but one, and what they start meanwhile; returns when they are gone. */
    void killAllBut(final ProcessIdentity spared, final Duration limit) {
        until(limit, () -> {
            final List<ProcessHandle> rest = members().filter(member -> member.pid() != spared.pid()).toList();
            rest.forEach(ProcessHandle::destroyForcibly);
            return rest.isEmpty();
        });
    }

    private Stream<ProcessHandle> members() {
        return ProcessHandle.allProcesses().filter(process -> ProcessIdentity.isInGroup(process.pid(), id));
    }

    private static void until(final Duration limit, final BooleanSupplier done) {
        final long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < deadlineNanos && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
