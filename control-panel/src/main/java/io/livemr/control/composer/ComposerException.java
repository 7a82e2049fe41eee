package io.livemr.control.composer;

/** A composer answered, and the answer is no. */
public class ComposerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    public ComposerException(final int status, final String reason, final String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    /** One word in snake case. */
    public String reason() {
        return reason;
    }

    /** Whether the same question may be answered otherwise a while later. */
    public boolean isPassing() {
        return status >= 500 || status == 429 || status == 408 || status == 401 || status == 403;
    }
}
