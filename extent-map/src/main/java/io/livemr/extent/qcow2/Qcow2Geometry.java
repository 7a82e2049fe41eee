package io.livemr.extent.qcow2;

/**
 * How guest offsets fall onto the tables of a qcow2 image. An L2 table is one cluster; its entries are 8 bytes,
 * or 16 with extended L2. Immutable.
 */
record Qcow2Geometry(int clusterBits, boolean extendedL2) {

    static final int SUBCLUSTERS = 32;

    long clusterBytes() {
        return 1L << clusterBits;
    }

    long subclusterBytes() {
        return clusterBytes() / SUBCLUSTERS;
    }

    int l2EntryBytes() {
        return extendedL2 ? 16 : 8;
    }

    /** Bytes of the guest's disk that one L2 table maps. */
    long l2SpanBytes() {
        return clusterBytes() / l2EntryBytes() * clusterBytes();
    }

    long l1Index(final long guestOffsetBytes) {
        return guestOffsetBytes / l2SpanBytes();
    }

    int l2Index(final long guestOffsetBytes) {
        return (int) (guestOffsetBytes % l2SpanBytes() >>> clusterBits);
    }

    boolean isAligned(final long hostOffsetBytes) {
        return (hostOffsetBytes & clusterBytes() - 1) == 0;
    }

    long roundedUp(final long bytes) {
        return bytes + clusterBytes() - 1 & -clusterBytes();
    }
}
