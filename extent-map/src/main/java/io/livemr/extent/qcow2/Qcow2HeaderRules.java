package io.livemr.extent.qcow2;

import java.nio.file.Path;

/** Limits on a qcow2 header; QEMU's own where it has one (block/qcow2.h). Stateless. */
record Qcow2HeaderRules(Path image) {

    private static final int ENTRY_BYTES = 8;
    private static final int L1_LIMIT_ENTRIES = (32 << 20) / ENTRY_BYTES;
    private static final long REFCOUNT_TABLE_LIMIT_BYTES = 8 << 20;
    private static final int SNAPSHOT_LIMIT = 65_536;
    /** Table entries have 56 bits for an offset. */
    private static final long OFFSET_LIMIT_BYTES = 1L << 56;

    void requireSupported(final int encryption, final long features) throws ImageException {
        if (encryption != 0) {
            throw new UnsupportedImageException(image, "encrypted, method=" + encryption,
                    "decrypt it: qemu-img convert to an image without encryption");
        }
        if ((features & Qcow2Header.CORRUPT) != 0) {
            throw new CorruptImageException(image, "marked corrupt by QEMU; repair it: qemu-img check -r all");
        }
        final long unknown = features & ~Qcow2Header.KNOWN_FEATURES;
        if (unknown != 0) {
            throw new UnsupportedImageException(image, "unknown incompatible features=0x" + Long.toHexString(unknown),
                    "convert it: qemu-img convert -O qcow2");
        }
    }

    void requireBounded(final Qcow2Header header) throws ImageException {
        require(header.virtualSizeBytes() >= 0, "virtualSize", header.virtualSizeBytes());
        require(header.l1Entries() >= 0 && header.l1Entries() <= L1_LIMIT_ENTRIES, "l1Entries", header.l1Entries());
        requireTable(header, "l1Offset", header.l1OffsetBytes());
        requireTable(header, "refcountTableOffset", header.refcountTableOffsetBytes());
        require(header.refcountTableBytes() <= REFCOUNT_TABLE_LIMIT_BYTES,
                "refcountTableBytes", header.refcountTableBytes());
        requireTable(header, "snapshotsOffset", header.snapshotsOffsetBytes());
        require(header.snapshots() >= 0 && header.snapshots() <= SNAPSHOT_LIMIT, "snapshots", header.snapshots());
        // 32 subclusters of at least one sector each.
        require(!header.identity().extendedL2() || header.identity().clusterBits() >= 14,
                "clusterBits with extended L2", header.identity().clusterBits());
    }

    private void requireTable(final Qcow2Header header, final String field, final long offsetBytes)
            throws CorruptImageException {
        require(offsetBytes >= 0 && offsetBytes < OFFSET_LIMIT_BYTES && offsetBytes % header.clusterBytes() == 0,
                field, offsetBytes);
    }

    void require(final boolean sound, final String field, final long value) throws CorruptImageException {
        if (!sound) {
            throw new CorruptImageException(image, "header " + field + "=" + Long.toUnsignedString(value));
        }
    }
}
