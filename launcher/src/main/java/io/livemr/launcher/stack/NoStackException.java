package io.livemr.launcher.stack;

import java.nio.file.Path;

/** A command wants a running stack and there is none. */
public final class NoStackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStackException(final Path run, final Throwable cause) {
        super("no stack runs in " + run + "; start one with: livemr up --state " + run, cause);
    }
}
