package io.livemr.launcher.cli;

import io.livemr.launcher.client.ApiException;
import io.livemr.launcher.stack.NoStackException;
import javax.net.ssl.SSLException;
import picocli.CommandLine;

/** Turns what went wrong into a line for the user and an exit code; {@code LIVEMR_DEBUG=1} shows where it came from. */
public final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(final Exception e, final CommandLine command, final CommandLine.ParseResult parsed) {
        System.err.println("livemr: " + (e.getMessage() == null ? e.toString() : e.getMessage()) + wayOut(e));
        if (System.getenv("LIVEMR_DEBUG") != null) {
            e.printStackTrace();
        }
        return code(e);
    }

    private static int code(final Exception e) {
        if (e instanceof ApiException refusal) {
            return isDoor(refusal) ? ExitCode.NOT_ADMITTED : refusal.status() == 0 ? ExitCode.NO_STACK : ExitCode.FAILED;
        }
        return e instanceof NoStackException ? ExitCode.NO_STACK : ExitCode.FAILED;
    }

    private static boolean isDoor(final ApiException refusal) {
        return refusal.status() == 401 || refusal.status() == 403;
    }

    private static String wayOut(final Exception e) {
        if (e instanceof ApiException refusal && refusal.status() == 401) {
            return "; give --token-file FILE, or --user NAME with LIVEMR_PASSWORD or --password-file, or OS_TOKEN";
        }
        return e.getCause() instanceof SSLException ? "; give the certificate of who signed the panel's with --ca-file" : "";
    }
}
