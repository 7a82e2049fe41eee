package io.livemr.control.engine;

import io.livemr.control.guard.ProcessIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends a process group, politely, then not. The caller has made sure that the group is the one it means. */
final class SessionKiller {

    private static final Duration POLL = Duration.ofMillis(20);

    private SessionKiller() { }

    static void kill(final long group, final Duration grace) throws IOException {
        signal("TERM", group);
        awaitEnd(group, grace);
        // The number stays taken while a member of the group lives, so it is still the same group or nobody's.
        signal("KILL", group);
        awaitEnd(group, grace);
    }

    private static void signal(final String name, final long group) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, "--", "-" + group)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every member counts: the leader may well be gone before a command that it started. */
    private static void awaitEnd(final long group, final Duration limit) {
        final long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (hasMembers(group) && System.nanoTime() < deadlineNanos && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean hasMembers(final long group) {
        return ProcessHandle.allProcesses().anyMatch(process -> ProcessIdentity.isInGroup(process.pid(), group));
    }
}
