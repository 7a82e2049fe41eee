package io.livemr.hdfs.composer;

import java.io.IOException;

/** The composer refused; {@code reason} is one of docs/protocol.md, section 3, or empty. */
public final class ComposerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    public ComposerException(int status, String reason, String detail) {
        super("the composer refused: " + detail + (reason.isEmpty() ? "" : " reason=" + reason) + " status=" + status);
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
