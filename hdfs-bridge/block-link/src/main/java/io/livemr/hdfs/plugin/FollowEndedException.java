package io.livemr.hdfs.plugin;

import java.io.IOException;

/** There is nothing to follow any more; the message says why. */
final class FollowEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    FollowEndedException(String message, Throwable cause) {
        super(message, cause);
    }
}
