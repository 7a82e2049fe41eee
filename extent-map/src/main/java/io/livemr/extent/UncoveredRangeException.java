package io.livemr.extent;

/**
 * Some byte of the range asked for is in no extent: neither on a sector nor known to be zeros.
 * Answering zeros for it would be a guess (S1), so it is an error that callers must handle.
 */
public final class UncoveredRangeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long uncoveredOffsetBytes;

    UncoveredRangeException(final long offsetBytes, final long lengthBytes, final long uncoveredOffsetBytes) {
        super("no extent holds byte=" + uncoveredOffsetBytes
                + " of offsetBytes=" + offsetBytes + " lengthBytes=" + lengthBytes);
        this.uncoveredOffsetBytes = uncoveredOffsetBytes;
    }

    /** The first byte of the file that no extent holds. */
    public long uncoveredOffsetBytes() {
        return uncoveredOffsetBytes;
    }
}
