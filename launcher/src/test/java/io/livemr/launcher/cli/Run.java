package io.livemr.launcher.cli;

import io.livemr.launcher.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * One run of the launcher in this JVM: how it ended and what it said. Not for several threads.
 *
 * @param out standard output.
 * @param err standard error.
 */
public record Run(int code, String out, String err) {
    public static Run of(final String... args) {
        final PrintStream out = System.out;
        final PrintStream err = System.err;
        final ByteArrayOutputStream toOut = new ByteArrayOutputStream();
        final ByteArrayOutputStream toErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(toOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(toErr, true, StandardCharsets.UTF_8));
            final int code = Main.commandLine().setErr(new PrintWriter(toErr, true, StandardCharsets.UTF_8)).execute(args);
            return new Run(code, toOut.toString(StandardCharsets.UTF_8), toErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
