package io.livemr.extent.path;

/** A pattern of paths that is none; the message says why. */
public final class BadPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPatternException(final String message) {
        super(message);
    }
}
