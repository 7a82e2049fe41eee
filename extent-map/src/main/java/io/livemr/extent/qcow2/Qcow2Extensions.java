package io.livemr.extent.qcow2;

import java.nio.ByteBuffer;

/** The extensions of a qcow2 header: type, length, data padded to 8 bytes. Looked through once per question; they are few. */
record Qcow2Extensions(Qcow2HeaderRules rules, ByteBuffer bytes, int startBytes, int endBytes) {

    private static final int END = 0;
    private static final int PREFIX_BYTES = 8;

    /** The text in the extension of a type, or null if there is none. */
    String text(final int type) throws ImageException {
        int at = startBytes;
        while (at <= endBytes - PREFIX_BYTES && bytes.getInt(at) != END) {
            final int length = bytes.getInt(at + 4);
            rules.require(length >= 0 && length <= endBytes - PREFIX_BYTES - at, "extensionBytes", length);
            if (bytes.getInt(at) == type) {
                return Qcow2HeaderReader.text(bytes, at + PREFIX_BYTES, length);
            }
            at += PREFIX_BYTES + (length + 7 & ~7);
        }
        return null;
    }
}
