package io.livemr.extent.qcow2;

import io.livemr.extent.qcow2.GuestRun.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One walk over the L1 and L2 tables for one range of the guest's disk: one read for the L1 entries, one for the
 * entries of each L2 table.
 *
 * <pre>
 *  L1 entry  bits 9–55 offset of the L2 table (0: none), 63 "refcount is 1"; the others are 0
 *  L2 entry  bit 0 reads as zeros (version 3), 9–55 offset of the cluster, 62 compressed, 63 "refcount is 1"
 *  extended  the L2 entry without bit 0, then 32 bits "subcluster is allocated" (0–31) and 32 "reads as zeros"
 * </pre>
 *
 * Tables are untrusted and change while they are read. Facts from QEMU's docs/interop/qcow2.txt and
 * block/qcow2-cluster.c ({@code qcow2_get_host_offset}). Not for two threads at once.
 */
final class Qcow2Walk {

    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long REFCOUNT_IS_ONE = 1L << 63;
    private static final long COMPRESSED = 1L << 62;
    private static final long READS_AS_ZEROS = 1;

    private final Qcow2Header header;
    private final Qcow2Geometry geometry;
    private final ImageFile file;
    private final TranslationBuilder translation;
    private final MetadataRegions metadata;
    private final long fromBytes;
    private final long toBytes;
    private final GuestRuns runs;

    Qcow2Walk(
            final Qcow2Header header, final ImageFile file, final TranslationBuilder translation,
            final long offsetBytes, final long lengthBytes) throws CorruptImageException {
        this.header = header;
        this.geometry = new Qcow2Geometry(header.identity().clusterBits(), header.identity().extendedL2());
        this.file = file;
        this.translation = translation;
        this.metadata = MetadataRegions.of(header, file.path());
        this.fromBytes = offsetBytes;
        this.toBytes = offsetBytes + lengthBytes;
        this.runs = new GuestRuns(offsetBytes, toBytes);
    }

    List<GuestRun> runs() throws IOException {
        final long first = geometry.l1Index(fromBytes);
        final long last = geometry.l1Index(toBytes - 1);
        if (last >= header.l1Entries()) {
            throw corrupt("L1 table too short for the disk: l1Entries=" + header.l1Entries() + " l1Index=" + last);
        }
        final ByteBuffer l1 = translation.read(
                file, "L1 table", header.l1OffsetBytes() + first * 8, (int) (last - first + 1) * 8);
        for (long index = first; index <= last; index++) {
            walkTable(index * geometry.l2SpanBytes(), l1.getLong());
        }
        if (!header.identity().externalDataFile()) {
            requireDataOutsideMetadata();
        }
        return runs.asList();
    }

    /** Takes the part of one L2 table that the range needs. */
    private void walkTable(final long tableGuestBytes, final long l1Entry) throws IOException {
        if ((l1Entry & ~(OFFSET | REFCOUNT_IS_ONE)) != 0) {
            throw corrupt("reserved bits in L1 entry=0x" + Long.toHexString(l1Entry));
        }
        final long table = l1Entry & OFFSET;
        if (table == 0) {
            runs.add(Kind.UNALLOCATED, tableGuestBytes, 0, geometry.l2SpanBytes());
            return;
        }
        requireAligned("L2 table", table);
        metadata.add("L2 table", table, geometry.clusterBytes());
        final int first = geometry.l2Index(Math.max(fromBytes, tableGuestBytes));
        final int last = geometry.l2Index(Math.min(toBytes, tableGuestBytes + geometry.l2SpanBytes()) - 1);
        final ByteBuffer l2 = translation.read(file, "L2 table",
                table + (long) first * geometry.l2EntryBytes(), (last - first + 1) * geometry.l2EntryBytes());
        for (int index = first; index <= last; index++) {
            takeCluster(tableGuestBytes + index * geometry.clusterBytes(), l2);
        }
    }

    private void takeCluster(final long guestBytes, final ByteBuffer l2) throws ImageException {
        final long entry = l2.getLong();
        final long bitmap = geometry.extendedL2() ? l2.getLong() : 0;
        if ((entry & COMPRESSED) != 0) {
            throw new UnsupportedImageException(file.path(), "compressed cluster, guestOffsetBytes=" + guestBytes,
                    "write the image anew without compression: qemu-img convert -O qcow2");
        }
        requireNoReservedBits(entry, guestBytes);
        requireAligned("cluster", entry & OFFSET);
        if (geometry.extendedL2()) {
            takeSubclusters(guestBytes, entry, bitmap);
        } else {
            runs.add(kind(entry), guestBytes, entry & OFFSET, geometry.clusterBytes());
        }
    }

    private Kind kind(final long entry) {
        if ((entry & READS_AS_ZEROS) != 0) {
            return Kind.ZEROS;
        }
        return isAllocated(entry) ? Kind.DATA : Kind.UNALLOCATED;
    }

    /** Offset 0 is the header's in the image itself, but a good place in an external data file. */
    private boolean isAllocated(final long entry) {
        return (entry & OFFSET) != 0
                || header.identity().externalDataFile() && (entry & REFCOUNT_IS_ONE) != 0;
    }

    private void takeSubclusters(final long guestBytes, final long entry, final long bitmap)
            throws CorruptImageException {
        final int allocated = (int) bitmap;
        final int zeros = (int) (bitmap >>> Qcow2Geometry.SUBCLUSTERS);
        if ((allocated & zeros) != 0 || allocated != 0 && !isAllocated(entry)) {
            throw corrupt("subcluster bitmap=0x" + Long.toHexString(bitmap)
                    + " contradicts L2 entry=0x" + Long.toHexString(entry));
        }
        for (int i = 0; i < Qcow2Geometry.SUBCLUSTERS; i++) {
            final long offset = i * geometry.subclusterBytes();
            runs.add(kind(allocated, zeros, i),
                    guestBytes + offset, (entry & OFFSET) + offset, geometry.subclusterBytes());
        }
    }

    private static Kind kind(final int allocated, final int zeros, final int subcluster) {
        if ((zeros >>> subcluster & 1) != 0) {
            return Kind.ZEROS;
        }
        return (allocated >>> subcluster & 1) != 0 ? Kind.DATA : Kind.UNALLOCATED;
    }

    private void requireNoReservedBits(final long entry, final long guestBytes) throws CorruptImageException {
        final boolean zerosKnown = header.identity().version() >= 3 && !geometry.extendedL2();
        final long known = OFFSET | REFCOUNT_IS_ONE | (zerosKnown ? READS_AS_ZEROS : 0);
        if ((entry & ~known) != 0) {
            throw corrupt("reserved bits in L2 entry=0x" + Long.toHexString(entry)
                    + " guestOffsetBytes=" + guestBytes);
        }
    }

    private void requireAligned(final String what, final long hostOffsetBytes) throws CorruptImageException {
        if (!geometry.isAligned(hostOffsetBytes)) {
            throw corrupt(what + " not on a cluster boundary: offsetBytes=" + hostOffsetBytes);
        }
    }

    /** Last, because the tables of the whole range are known only now. */
    private void requireDataOutsideMetadata() throws CorruptImageException {
        for (final GuestRun run : runs.asList()) {
            if (run.kind() == Kind.DATA) {
                metadata.requireOutside("guest data", run.hostOffsetBytes(), run.lengthBytes());
            }
        }
    }

    private CorruptImageException corrupt(final String facts) {
        return new CorruptImageException(file.path(), facts);
    }
}
