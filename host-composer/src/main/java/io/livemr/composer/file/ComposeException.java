package io.livemr.composer.file;

/** A wish of a client that cannot be met; says why in one word and in one sentence with the way out. */
public final class ComposeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final String reason;

    public ComposeException(final int httpStatus, final String reason, final String message) {
        super(message);
        this.httpStatus = httpStatus;
        this.reason = reason;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public String reason() {
        return reason;
    }
}
