package io.livemr.control.jar;

/** A jar that is not taken; nothing of it is kept. */
public class RejectedJarException extends Exception {

    private static final long serialVersionUID = 1L;

    private final JarReason reason;

    public RejectedJarException(final JarReason reason, final String message) {
        super(message);
        this.reason = reason;
    }

    public JarReason reason() {
        return reason;
    }
}
