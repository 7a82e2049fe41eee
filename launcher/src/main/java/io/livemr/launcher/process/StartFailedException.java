package io.livemr.launcher.process;

/** A process did not come to serve; the message names it, what was missing, its log and the log's last lines. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailedException(final String message) {
        super(message);
    }
}
