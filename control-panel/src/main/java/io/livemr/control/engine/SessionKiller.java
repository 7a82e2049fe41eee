package io.livemr.control.engine;

import io.livemr.control.guard.ProcessGroup;
import java.io.IOException;
import java.time.Duration;

/** Ends a process group, politely, then not. The caller has made sure that the group is the one it means. */
final class SessionKiller {

    private SessionKiller() { }

    static void kill(final long group, final Duration grace) throws IOException {
        signal("TERM", group);
        new ProcessGroup(group).awaitEnd(grace);
        // The number stays taken while a member of the group lives, so it is still the same group or nobody's.
        signal("KILL", group);
        new ProcessGroup(group).awaitEnd(grace);
    }

    private static void signal(final String name, final long group) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, "--", "-" + group)
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
