package io.livemr.control.access;

import org.springframework.security.core.AuthenticationException;

/** Refused for how often it was tried, whatever is right about it. */
class TooManyException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final long waitSeconds;

    TooManyException(final String reason, final long waitSeconds, final String detail) {
        super(detail);
        this.reason = reason;
        this.waitSeconds = waitSeconds;
    }

    String reason() {
        return reason;
    }

    long waitSeconds() {
        return waitSeconds;
    }
}
