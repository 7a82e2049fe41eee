package io.livemr.control.job;

/** The job cannot go on. */
class JobFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final Integer exitCode;

    JobFailure(final String reason, final String message) {
        this(reason, message, null);
    }

    JobFailure(final String reason, final String message, final Integer exitCode) {
        super(message);
        this.reason = reason;
        this.exitCode = exitCode;
    }

    String reason() {
        return reason;
    }

    Integer exitCode() {
        return exitCode;
    }
}
