package io.livemr.composer.image;

import io.livemr.extent.ExtentMap;

/**
 * What is known of one granted file at one moment: everything a read needs, immutable, swapped as a whole.
 *
 * @param fence  rises whenever bytes read under the view before must not be handed on; growth alone does not raise it.
 * @param reason why the file is not {@code OPEN}, or null.
 * @param disk   null unless {@code OPEN}.
 * @param guard  what QEMU says of the disk.
 */
public record FileView(
        long fence, Access access, String reason, ExtentMap extents, long lengthBytes, GuestDisk disk, MapGuard guard, Lease lease) {

    /** What a reader may expect. */
    public enum Access {
        /** Granted in this session, no commit yet, or not in this epoch: may open again. */
        STALE,
        OPEN,
        /** The owner took it back. */
        REVOKED
    }

    public static FileView closed(final long fence, final Access access, final String reason) {
        return new FileView(fence, access, reason, ExtentMap.EMPTY, 0, null, MapGuard.NONE, null);
    }

    public boolean isReadable() {
        return access == Access.OPEN && lease.valid();
    }
}
