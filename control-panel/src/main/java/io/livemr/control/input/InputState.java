package io.livemr.control.input;

/** State of a job's input file: the composer's, docs/protocol.md section 3.4, and {@code WAITING} before a composer was asked. */
public enum InputState {
    WAITING, AWAITING_CONSENT, COMPOSING, LIVE, STALE, REVOKED, DENIED, FAILED;

    /** A word this panel does not know is one of a newer composer: wait and see. */
    public static InputState of(final String word) {
        for (final InputState state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return COMPOSING;
    }

    /** Whether it will never be readable again. */
    public boolean isOver() {
        return this == REVOKED || this == DENIED || this == FAILED;
    }
}
