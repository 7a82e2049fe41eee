package io.livemr.lab.cli;

import io.livemr.lab.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** One line per step: what, and when it ended how long it took. */
public final class StepPrinter implements Progress {
    private final PrintWriter out;
    private long startedNanos;
    private boolean inStep;

    public StepPrinter(final PrintWriter out) {
        this.out = out;
    }

    @Override
    public void step(final String what) {
        end();
        out.print(what + " …");
        out.flush();
        startedNanos = System.nanoTime();
        inStep = true;
    }

    /** The last step has ended too. */
    public void end() {
        if (inStep) {
            out.println(String.format(Locale.ROOT, " %.1f s", (System.nanoTime() - startedNanos) / 1e9));
            out.flush();
            inStep = false;
        }
    }
}
