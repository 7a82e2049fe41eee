package io.livemr.composer.fsmap;

/** The kernel cannot show this file as it is; FUSE does. The message is the reason, in one word. */
final class NotMappableException extends Exception {

    private static final long serialVersionUID = 1;

    NotMappableException(final String reason) {
        super(reason);
    }
}
