package io.livemr.failpoint;

import java.util.Locale;

/** What happens at an armed point, and at which of its passes. Safe to share between threads. */
final class Fault {

    /** The exit code of a process that got SIGKILL. */
    private static final int KILLED = 137;

    enum Action { KILL, ERROR, DELAY, HOLD }

    private final Action action;
    private final Stay stay;
    private final Passes passes;

    /** @param stay how long the thread stands at the point before that. */
    Fault(final Action action, final Stay stay, final Passes passes) {
        this.action = action;
        this.stay = stay;
        this.passes = passes;
    }

    /** Does what is to be done at this pass, if anything. Gives whether the step is to fail. */
    boolean strike(final FailPoint point) {
        if (!passes.isHit()) {
            return false;
        }
        // Not through a logger: it may write later than a halted process can.
        System.err.println("fail point " + point.title() + " " + action.name().toLowerCase(Locale.ROOT));
        stay.stand();
        if (action == Action.KILL) {
            Runtime.getRuntime().halt(KILLED);
        }
        return action == Action.ERROR;
    }
}
