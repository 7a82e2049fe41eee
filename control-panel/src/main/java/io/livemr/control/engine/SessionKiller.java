package io.livemr.control.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process group, politely, then not. The caller has made sure that the group is the one it means. */
final class SessionKiller {

    private SessionKiller() { }

    static void kill(final long group, final Duration grace) throws IOException {
        signal("TERM", group);
        awaitEndOfLeader(group, grace);
        // The number stays taken while a member of the group lives, so it is still the same group or nobody's.
        signal("KILL", group);
        awaitEndOfLeader(group, grace);
    }

    private static void signal(final String name, final long group) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, "--", "-" + group)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEndOfLeader(final long group, final Duration limit) {
        try {
            final Optional<ProcessHandle> leader = ProcessHandle.of(group);
            if (leader.isPresent()) {
                leader.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (final TimeoutException e) {
            return;
        } catch (final ExecutionException e) {
            throw new IllegalStateException("pid=" + group, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
