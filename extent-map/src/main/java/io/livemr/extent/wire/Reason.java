package io.livemr.extent.wire;

import java.util.Locale;

/**
 * Why a line or record of a peer was rejected: docs/protocol.md, section 3.1, word for word.
 * {@link #tag()} is also the value of the label {@code reason} of the counter {@code livemr_rejected_total}.
 */
public enum Reason {
    LINE_TOO_LONG,
    MALFORMED,
    UNKNOWN_TYPE,
    SEQUENCE_GAP,
    STALE_EPOCH,
    UNKNOWN_DISK,
    UNSAFE_CACHE,
    NOT_GRANTED,
    BAD_VERSION,
    BAD_OPERATION,
    BAD_FLAGS,
    EMPTY_EXTENT,
    BEYOND_DISK,
    MISALIGNED,
    OVERFLOW,
    UNCOVERED,
    SHRUNK,
    TOO_MANY_EXTENTS,
    TOO_MANY_FILES,
    RATE_LIMITED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    public String tag() {
        return tag;
    }

    /**
     * Whether what was rejected may have been a part of a map, so that the guest must announce again. The others are forged, or
     * overtaken by an announcement that was asked for already: nothing that is in force is in doubt.
     */
    public boolean leavesMapsInDoubt() {
        return switch (this) {
            case NOT_GRANTED, STALE_EPOCH, TOO_MANY_FILES, UNKNOWN_TYPE, UNKNOWN_DISK, UNSAFE_CACHE -> false;
            default -> true;
        };
    }
}
