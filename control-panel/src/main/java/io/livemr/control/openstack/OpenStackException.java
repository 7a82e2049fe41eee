package io.livemr.control.openstack;

/** OpenStack gave no answer, or not the one that was asked for. */
public class OpenStackException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    OpenStackException(final int status, final String reason, final String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    /** Of HTTP; 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** {@code openstack_} and what is wrong, in snake case. */
    public String reason() {
        return reason;
    }
}
