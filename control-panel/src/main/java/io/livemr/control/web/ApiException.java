package io.livemr.control.web;

import org.springframework.http.HttpStatus;

/** An answer that is an error, with its reason as one word in snake case. */
public class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String reason;

    public ApiException(final HttpStatus status, final String reason, final String detail) {
        super(detail);
        this.status = status;
        this.reason = reason;
    }

    public HttpStatus status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
