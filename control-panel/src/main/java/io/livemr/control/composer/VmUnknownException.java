package io.livemr.control.composer;

/** No single virtual machine has this name. */
public class VmUnknownException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public VmUnknownException(final String reason, final String message) {
        super(message);
        this.reason = reason;
    }

    /** {@code unknown_vm} or {@code ambiguous_vm}. */
    public String reason() {
        return reason;
    }
}
