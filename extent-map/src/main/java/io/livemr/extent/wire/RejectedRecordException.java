package io.livemr.extent.wire;

import java.util.Objects;

/**
 * A guest sent something that is not in force and never will be. The guest's mistake or lie, not ours:
 * count it by its {@link #reason()}, log it at a bounded rate, go on.
 */
public final class RejectedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public RejectedRecordException(final Reason reason, final String facts) {
        // Without a stack trace: a guest can cause a million of these a second.
        super(reason.tag() + ": " + facts, null, false, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
