package io.livemr.composer.fuse;

/** A request that is answered with an errno. Thrown at the rate of requests, so it carries no stack trace. */
final class FuseErrorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int errno;

    FuseErrorException(final int errno, final String message) {
        super(message, null, false, false);
        this.errno = errno;
    }

    /** Linux errno, positive. */
    int errno() {
        return errno;
    }
}
