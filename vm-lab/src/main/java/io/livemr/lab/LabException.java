package io.livemr.lab;

/** The lab cannot do what was asked. The message names the thing and the way out; it is meant for a person. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabException(final String message) {
        super(message);
    }

    public LabException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
