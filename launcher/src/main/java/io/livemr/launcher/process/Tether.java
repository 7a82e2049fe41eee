package io.livemr.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ties a child to the launcher.
 *
 * <p>{@code setsid} gives it a session of its own: Ctrl-C in the terminal reaches the launcher alone, which then stops its
 * children in order; and the children's children can be found by the session. {@code setpriv --pdeathsig} has the kernel
 * end it when the launcher is killed. That signal comes when the <i>thread</i> that started the child ends, so that thread
 * must wait for the child. Both programs become the child by exec: the process number stays.
 */
final class Tether {
    private static final String SETSID = "/usr/bin/setsid";
    private static final String SETPRIV = "/usr/bin/setpriv";

    private Tether() {
    }

    static List<String> tied(final List<String> command) {
        final List<String> tied = new ArrayList<>();
        if (Files.isExecutable(Path.of(SETSID))) {
            tied.add(SETSID);
        }
        if (Files.isExecutable(Path.of(SETPRIV))) {
            tied.addAll(List.of(SETPRIV, "--pdeathsig", "KILL", "--"));
        }
        tied.addAll(command);
        return tied;
    }
}
