package io.livemr.agent.route;

import java.io.IOException;

/** This way is not there for this file, and trying again will not change that. */
public final class WayGoneException extends IOException {

    public WayGoneException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
