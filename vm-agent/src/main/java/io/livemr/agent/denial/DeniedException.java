package io.livemr.agent.denial;

/** A request cannot be granted. The message names the thing and the way out. */
public final class DeniedException extends Exception {

    private final DenialReason reason;

    public DeniedException(final DenialReason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    public DenialReason reason() {
        return reason;
    }
}
