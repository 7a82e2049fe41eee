package io.livemr.composer.file;

/** How the owner's consent to one source of a composed file stands: docs/protocol.md, section 4. */
enum GrantState {
    ASKED,
    GRANTED,
    DENIED,
    EXPIRED,
    REVOKED,
    /** Ended without anybody's wish, such as with its VM. */
    FAILED;

    private static final String EXPIRY = "expired";

    /** @param state as it is stored, not as what can be read now makes it. */
    static GrantState of(final FileState state, final String reason) {
        return switch (state) {
            case AWAITING_CONSENT -> ASKED;
            case COMPOSING, LIVE, STALE -> GRANTED;
            case DENIED -> DENIED;
            case REVOKED -> EXPIRY.equals(reason) ? EXPIRED : REVOKED;
            case FAILED -> FAILED;
        };
    }
}
