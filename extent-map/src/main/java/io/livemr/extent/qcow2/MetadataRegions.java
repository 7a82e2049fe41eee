package io.livemr.extent.qcow2;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the tables of an image are, as far as one translation has seen them: no two may overlap, and no guest data
 * may lie in them. A hostile image that maps a table as data could have QEMU rewrite it under our eyes.
 * Not for two threads at once.
 */
final class MetadataRegions {

    private final Path image;
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();

    MetadataRegions(final Path image) {
        this.image = image;
    }

    static MetadataRegions of(final Qcow2Header header, final Path image) throws CorruptImageException {
        final Qcow2Geometry geometry =
                new Qcow2Geometry(header.identity().clusterBits(), header.identity().extendedL2());
        final MetadataRegions regions = new MetadataRegions(image);
        regions.add("header", 0, geometry.clusterBytes());
        regions.add("L1 table", header.l1OffsetBytes(), geometry.roundedUp(header.l1Entries() * 8L));
        regions.add("refcount table", header.refcountTableOffsetBytes(), header.refcountTableBytes());
        // A snapshot's entry is at least 40 bytes.
        regions.add("snapshot table", header.snapshotsOffsetBytes(), geometry.roundedUp(header.snapshots() * 40L));
        return regions;
    }

    void add(final String what, final long offsetBytes, final long lengthBytes) throws CorruptImageException {
        if (lengthBytes > 0) {
            requireOutside(what, offsetBytes, lengthBytes);
            endByStart.put(offsetBytes, offsetBytes + lengthBytes);
        }
    }

    void requireOutside(final String what, final long offsetBytes, final long lengthBytes)
            throws CorruptImageException {
        final Map.Entry<Long, Long> below = endByStart.lowerEntry(offsetBytes + lengthBytes);
        if (below != null && below.getValue() > offsetBytes) {
            throw new CorruptImageException(image, what + " overlaps metadata: offsetBytes=" + offsetBytes
                    + " lengthBytes=" + lengthBytes + " metadata=" + below.getKey() + ".." + below.getValue());
        }
    }
}
