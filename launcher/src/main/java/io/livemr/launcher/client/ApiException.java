package io.livemr.launcher.client;

/** A server said no, or could not be reached. The message says who, what was asked and what it answered. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    public ApiException(final int status, final String reason, final String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    public ApiException(final String message, final Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.reason = "unreachable";
    }

    /** The HTTP status; 0 if no answer came. */
    public int status() {
        return status;
    }

    /** Whether the same question may be answered a while later. */
    public boolean isPassing() {
        return status == 0 || status == 429 || status >= 500;
    }

    /** The {@code reason} of the problem document; empty if it had none. */
    public String reason() {
        return reason;
    }
}
