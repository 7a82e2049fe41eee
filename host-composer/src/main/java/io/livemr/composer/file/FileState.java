package io.livemr.composer.file;

/** States of a composed file and of each of its sources: docs/protocol.md, section 3.4. */
public enum FileState {
    AWAITING_CONSENT,
    COMPOSING,
    LIVE,
    STALE,
    REVOKED,
    DENIED,
    FAILED;

    /** Whether no event can lead out of it. */
    public boolean isFinal() {
        return this == REVOKED || this == DENIED || this == FAILED;
    }
}
