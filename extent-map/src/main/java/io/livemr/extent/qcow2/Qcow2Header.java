package io.livemr.extent.qcow2;

/**
 * A qcow2 header, checked, as of one read.
 *
 * <p>{@link Identity} holds what stays as long as the image is open; the rest QEMU may change at any time
 * (resize, internal snapshot, repair flags). Offsets and sizes are bytes. Immutable.
 *
 * @param incompatibleFeatures feature bits as they stand in the header.
 */
record Qcow2Header(
        Identity identity,
        long virtualSizeBytes,
        long l1OffsetBytes,
        int l1Entries,
        long refcountTableOffsetBytes,
        long refcountTableBytes,
        long snapshotsOffsetBytes,
        int snapshots,
        long incompatibleFeatures) {

    static final int DIRTY = 1;
    static final int CORRUPT = 1 << 1;
    static final int EXTERNAL_DATA_FILE = 1 << 2;
    static final int COMPRESSION_TYPE = 1 << 3;
    static final int EXTENDED_L2 = 1 << 4;
    static final int KNOWN_FEATURES = DIRTY | CORRUPT | EXTERNAL_DATA_FILE | COMPRESSION_TYPE | EXTENDED_L2;

    /** Names are null where the header has none. */
    record Identity(
            int version,
            int clusterBits,
            boolean extendedL2,
            boolean externalDataFile,
            String backingName,
            String backingFormat,
            String dataFileName) {
    }

    long clusterBytes() {
        return 1L << identity.clusterBits();
    }
}
