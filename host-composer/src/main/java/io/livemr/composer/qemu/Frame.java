package io.livemr.composer.qemu;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * One thing that QEMU says.
 *
 * @param disk        QEMU's number of the disk.
 * @param revocations QEMU's counter when the frame was made, the frame's own records counted; unsigned.
 * @param sectors     size of the disk in a {@code DISK} frame, else 0.
 * @param payload     valid until the next frame is read.
 */
record Frame(Type type, int disk, long revocations, long sectors, ByteBuffer payload) {

    /** The order is the order of the codes, from 1. */
    enum Type {
        /** This disk takes records; the payload is the device's id. */
        DISK,
        /** Map records of this disk. */
        RECORDS,
        /** Records of this disk were dropped. */
        LOST;

        /** The label of its counter. */
        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
