package io.livemr.composer.session;

/** A listing that did not come: the agent's reason, or {@code agent_absent}, {@code agent_silent}, {@code busy}. */
public final class ListingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ListingException(final String reason, final String message) {
        super(message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
