package io.livemr.extent.qcow2;

import java.nio.ByteBuffer;

/** The extensions of a qcow2 header: type, length, data padded to 8 bytes. Looked through once per question; they are few. */
record Qcow2Extensions(Qcow2HeaderRules rules, ByteBuffer bytes, int startBytes, int endBytes) {

    private static final int END = 0;
    private static final int PREFIX_BYTES = 8;

    /** The text in the extension of a type, or null if there is none. */
    String text(final int type) throws ImageException {
        final int at = find(type);
        return at <= endBytes - PREFIX_BYTES && bytes.getInt(at) == type
                ? Qcow2HeaderReader.text(bytes, at + PREFIX_BYTES, lengthAt(at)) : null;
    }

    /** Where they end, the mark of their end included. */
    int usedEndBytes() throws ImageException {
        return Math.min(find(END) + PREFIX_BYTES, endBytes);
    }

    private int find(final int type) throws ImageException {
        int at = startBytes;
        while (at <= endBytes - PREFIX_BYTES && bytes.getInt(at) != END && bytes.getInt(at) != type) {
            at += PREFIX_BYTES + (lengthAt(at) + 7 & ~7);
        }
        return at;
    }

    private int lengthAt(final int at) throws ImageException {
        final int length = bytes.getInt(at + 4);
        rules.require(length >= 0 && length <= endBytes - PREFIX_BYTES - at, "extensionBytes", length);
        return length;
    }
}
