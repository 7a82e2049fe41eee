package io.livemr.agent.map;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;

/**
 * An announcement as lists of at most 1,024 map records, made one list at a time: a file of a million extents needs no
 * more memory on its way than one of them. Layout: docs/protocol.md, section 2.
 */
public final class RecordLists {

    public static final int LIMIT_RECORDS = 1_024;

    private static final long MAX_EXTENT_BYTES = MapRecordCodec.MAX_EXTENT_BYTES;

    private final FileId file;
    private final Announcement what;
    private final Iterator<Extent> extents;
    private boolean begin;
    private boolean committed;
    private Extent rest;

    public RecordLists(final FileId file, final Announcement what) {
        this.file = file;
        this.what = what;
        this.begin = what.whole();
        this.extents = what.extents().iterator();
    }

    /** The list of one record that takes a file's map back. */
    public static byte[] revoke(final FileId file, final long epoch, final long sequence) {
        final ByteBuffer record = ByteBuffer.allocate(MapRecordCodec.RECORD_BYTES);
        MapRecordCodec.encode(MapRecord.revoke(file, epoch, sequence), record);
        return record.array();
    }

    public boolean hasNext() {
        return !committed;
    }

    /** @param sequence of the line that the list goes out in; 0 if in none. */
    public byte[] next(final long sequence) {
        final ByteBuffer records = ByteBuffer.allocate(capacityRecords() * MapRecordCodec.RECORD_BYTES);
        while (records.hasRemaining() && !committed) {
            MapRecordCodec.encode(nextRecord(sequence), records);
        }
        return Arrays.copyOf(records.array(), records.position());
    }

    /** Most announcements are of one extent or none; 64 KiB for each would be most of what the agent's collector has to clear. */
    private int capacityRecords() {
        return Math.min(LIMIT_RECORDS, what.extents().size() + 2);
    }

    private MapRecord nextRecord(final long sequence) {
        if (begin) {
            begin = false;
            return MapRecord.begin(file, what.epoch(), sequence);
        }
        if (rest == null && !extents.hasNext()) {
            committed = true;
            return MapRecord.commit(file, what.epoch(), sequence, what.lengthBytes());
        }
        return MapRecord.extent(file, what.epoch(), sequence, nextExtent());
    }

    /** The next piece that one record can say; only holes of 2 TiB and more need two. */
    private Extent nextExtent() {
        final Extent whole = rest == null ? extents.next() : rest;
        if (whole.lengthBytes() <= MAX_EXTENT_BYTES) {
            rest = null;
            return whole;
        }
        final long sectors = MAX_EXTENT_BYTES / Extent.SECTOR_BYTES;
        rest = new Extent(
                whole.fileOffsetBytes() + MAX_EXTENT_BYTES,
                whole.isZeros() ? Extent.ZEROS : whole.startSector() + sectors,
                whole.lengthBytes() - MAX_EXTENT_BYTES);
        return new Extent(whole.fileOffsetBytes(), whole.startSector(), MAX_EXTENT_BYTES);
    }
}
