package io.livemr.launcher.cli;

import io.livemr.launcher.stack.NoStackException;
import picocli.CommandLine;

/** Turns what went wrong into a line for the user and an exit code; {@code LIVEMR_DEBUG=1} shows where it came from. */
public final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(final Exception e, final CommandLine command, final CommandLine.ParseResult parsed) {
        System.err.println("livemr: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        if (System.getenv("LIVEMR_DEBUG") != null) {
            e.printStackTrace();
        }
        return e instanceof NoStackException ? ExitCode.NO_STACK : ExitCode.FAILED;
    }
}
