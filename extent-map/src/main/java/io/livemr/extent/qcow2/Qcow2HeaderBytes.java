package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A qcow2 header as it stood in the file, and what it says. Equal bytes say the same, so they are parsed only once.
 * Immutable, safe to share between threads.
 *
 * @param bytes header, extensions and backing name; never written to, its position never moved.
 */
record Qcow2HeaderBytes(ByteBuffer bytes, Qcow2Header header) {

    boolean areStillIn(final ImageFile file) throws IOException {
        return file.readUpTo(0, bytes.remaining()).equals(bytes);
    }
}
