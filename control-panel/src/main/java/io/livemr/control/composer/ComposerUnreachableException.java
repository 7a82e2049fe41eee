package io.livemr.control.composer;

/** No answer from a composer: it is down, or the way to it. Worth another try later. */
public class ComposerUnreachableException extends Exception {

    private static final long serialVersionUID = 1L;

    public ComposerUnreachableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
