package io.livemr.composer.image;

/**
 * What a patched QEMU says of a disk while it is read: docs/protocol.md, section 9. A stock QEMU says nothing.
 * Safe to share between threads.
 */
public interface MapGuard {

    /** A stock QEMU: nothing is said, nothing is in the way. */
    MapGuard NONE = () -> () -> null;

    /** Clusters are being freed or moved. */
    String LAYOUT_CHANGING = "layout_changing";

    /** QEMU has taken maps back that are in force here still. */
    String REVOCATION_PENDING = "revocation_pending";

    /** Clusters were freed or moved since the moment; over already, so that another try may well go through. */
    String LAYOUT_CHANGED = "layout_changed";

    /** The page of the counters is not QEMU's any more. */
    String PAGE_REPLACED = "page_replaced";

    /** Takes note of how things are, before a range is translated. Never null, never blocks. */
    Moment now();

    /** Whether an obstacle is one that passes by itself, soon. */
    static boolean isBrief(final String obstacle) {
        return obstacle.equals(LAYOUT_CHANGING) || obstacle.equals(REVOCATION_PENDING);
    }

    /** How things were when a read began. */
    interface Moment {

        /** What is in the way of bytes read since the moment, in one word; null if nothing is. Never blocks. */
        String obstacle();
    }
}
