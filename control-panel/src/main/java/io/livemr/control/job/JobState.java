package io.livemr.control.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job is in its life.
 *
 * <pre>
 *   SUBMITTED ──► AWAITING_CONSENT ──► COMPOSING ──► RUNNING ──► SUCCEEDED
 *       └───────────────┴──────────────────┴────────────┴──────► FAILED | KILLED
 * </pre>
 */
public enum JobState {
    SUBMITTED, AWAITING_CONSENT, COMPOSING, RUNNING, SUCCEEDED, FAILED, KILLED;

    private static final Set<JobState> ENDS = EnumSet.of(SUCCEEDED, FAILED, KILLED);

    public boolean isEnd() {
        return ENDS.contains(this);
    }

    public boolean canBecome(final JobState next) {
        if (isEnd()) {
            return false;
        }
        return next == FAILED || next == KILLED || next.ordinal() == ordinal() + 1;
    }
}
