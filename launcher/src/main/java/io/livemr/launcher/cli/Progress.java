package io.livemr.launcher.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells the user what is going on, on standard error: a bar on a terminal, else one line a step with the seconds since
 * the start. Safe to share between threads.
 */
public final class Progress implements AutoCloseable {
    private static final String TERMINAL_KEY = "livemr.terminal";
    private static final int BAR_UPDATE_MILLIS = 250;

    private final long beganNanos = System.nanoTime();
    private final PrintStream out;
    private final ProgressBar bar;

    private Progress(final PrintStream out, final ProgressBar bar) {
        this.out = out;
        this.bar = bar;
    }

    /** @param steps how many calls of {@link #step} are expected. */
    public static Progress of(final String task, final int steps) {
        return new Progress(System.err, isTerminal() ? bar(task, steps) : null);
    }

    /** The script says it; Java alone cannot tell whether standard error is a terminal. */
    private static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL_KEY);
    }

    private static ProgressBar bar(final String task, final int steps) {
        return new ProgressBarBuilder().setTaskName(task).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(BAR_UPDATE_MILLIS).build();
    }

    /** The next piece of work begins. */
    public synchronized void step(final String what) {
        if (bar == null) {
            say(what);
        } else {
            bar.step();
            bar.setExtraMessage(what);
        }
    }

    /** Something that is known now and worth a line of its own. */
    public synchronized void say(final String what) {
        if (bar != null) {
            out.print("\r\033[K");
        }
        out.printf(Locale.ROOT, "livemr: %6.1f s  %s%n", (System.nanoTime() - beganNanos) / 1e9, what);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
