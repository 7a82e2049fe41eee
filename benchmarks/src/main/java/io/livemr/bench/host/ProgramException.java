package io.livemr.bench.host;

/** A program of this host did not do its work. The message has its own last words. */
public final class ProgramException extends Exception {
    private static final long serialVersionUID = 1L;

    public ProgramException(final String message) {
        super(message);
    }
}
