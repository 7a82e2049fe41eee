package io.livemr.extent.qcow2;

/**
 * One run of the guest's disk, as the tables of a single image tell it.
 *
 * @param hostOffsetBytes where it is in the file that holds the clusters; 0 unless the kind is {@code DATA}.
 */
record GuestRun(Kind kind, long guestOffsetBytes, long hostOffsetBytes, long lengthBytes) {

    enum Kind {
        /** In this image. */
        DATA,
        /** Reads as zeros, whatever the backing file holds. */
        ZEROS,
        /** Not in this image: the backing file's, or zeros. */
        UNALLOCATED
    }

    boolean continuesIn(final GuestRun next) {
        return kind == next.kind
                && (kind != Kind.DATA || hostOffsetBytes + lengthBytes == next.hostOffsetBytes);
    }

    GuestRun joinedWith(final GuestRun next) {
        return new GuestRun(kind, guestOffsetBytes, hostOffsetBytes, lengthBytes + next.lengthBytes);
    }
}
