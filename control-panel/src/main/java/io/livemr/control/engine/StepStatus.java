package io.livemr.control.engine;

import io.livemr.control.guard.Exit;

/**
 * How a step stands.
 *
 * @param exit how it ended; null unless it is {@code ENDED}.
 */
public record StepStatus(Phase phase, Exit exit) {

    /** Where a step is between not begun and ended. */
    public enum Phase {
        /** Nothing of it has happened. */
        NOT_STARTED,
        /** Its guard lives. */
        RUNNING,
        /** Its exit code is known. */
        ENDED,
        /** It was begun, its guard is gone and nobody knows how it ended: killed with the machine, or by hand. */
        LOST
    }

    static final StepStatus NOT_STARTED = new StepStatus(Phase.NOT_STARTED, null);
    static final StepStatus RUNNING = new StepStatus(Phase.RUNNING, null);
    static final StepStatus LOST = new StepStatus(Phase.LOST, null);

    static StepStatus exited(final Exit exit) {
        return new StepStatus(Phase.ENDED, exit);
    }

    public boolean succeeded() {
        return exit != null && exit.code() == 0 && exit.how() == Exit.How.EXITED;
    }
}
