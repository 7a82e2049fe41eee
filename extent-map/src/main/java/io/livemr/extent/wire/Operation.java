package io.livemr.extent.wire;

/** What a map record says: docs/protocol.md, section 2. The order is the order of the codes. */
public enum Operation {
    /** Forget this file's extents; a full announcement follows. */
    BEGIN,
    /** These bytes of the file are on these sectors, written. */
    DATA,
    /** These bytes of the file read as zeros. */
    ZEROS,
    /** What was said since the last commit is in force, and the file is this long. */
    COMMIT,
    /** The file is no longer mapped. */
    REVOKE,
    /** What was said since the last commit is in force, and the file is as long as it is covered without a gap. */
    EXTEND,
    /** No file of one file system, or of the whole disk, is mapped any more. */
    VOID;

    private static final Operation[] BY_CODE = values();

    /** The byte on the wire, 1 to 7. */
    public int code() {
        return ordinal() + 1;
    }

    public boolean carriesExtent() {
        return this == DATA || this == ZEROS;
    }

    public boolean carriesLength() {
        return this == DATA || this == COMMIT || this == EXTEND;
    }

    /** The operation of a code, or null if there is none. */
    static Operation ofCode(final int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
    }
}
