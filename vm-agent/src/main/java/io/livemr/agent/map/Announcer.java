package io.livemr.agent.map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.channel.Session;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * Sends map records as {@code extents} lines of at most 1,024 records each, made one line at a time: a file of a
 * million extents needs no more memory on its way than one line.
 */
public final class Announcer {

    private static final int RECORDS_PER_LINE = 1_024;
    private static final long MAX_EXTENT_BYTES = MapRecordCodec.MAX_EXTENT_BYTES;

    private final Session session;
    private final FileId file;
    private final Iterator<Extent> extents;
    private final long lengthBytes;
    private boolean begin;
    private boolean committed;
    private Extent rest;

    private Announcer(
            final Session session, final FileId file, final boolean full, final List<Extent> extents,
            final long lengthBytes) {
        this.session = session;
        this.file = file;
        this.begin = full;
        this.extents = extents.iterator();
        this.lengthBytes = lengthBytes;
    }

    /** @param full whether the receiver forgets first what it knew. Returns false if the session ended on the way. */
    public static boolean announce(
            final Session session, final FileId file, final boolean full, final List<Extent> extents,
            final long lengthBytes) {
        final Announcer announcer = new Announcer(session, file, full, extents, lengthBytes);
        while (!announcer.committed) {
            if (session.send(announcer::nextLine) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Readers wait from here on, until the next commit. */
    public static void withdraw(final Session session, final FileId file) {
        session.send(sequence -> {
            final ByteBuffer record = ByteBuffer.allocate(MapRecordCodec.RECORD_BYTES);
            MapRecordCodec.encode(MapRecord.revoke(file, session.epoch(), sequence), record);
            return line(record.array());
        });
    }

    private ObjectNode nextLine(final long sequence) {
        final ByteBuffer records = ByteBuffer.allocate(RECORDS_PER_LINE * MapRecordCodec.RECORD_BYTES);
        while (records.hasRemaining() && !committed) {
            MapRecordCodec.encode(nextRecord(sequence), records);
        }
        final byte[] bytes = new byte[records.flip().remaining()];
        records.get(bytes);
        return line(bytes);
    }

    private static ObjectNode line(final byte[] records) {
        return Lines.of("extents").put("records", Base64.getEncoder().encodeToString(records));
    }

    private MapRecord nextRecord(final long sequence) {
        if (begin) {
            begin = false;
            return MapRecord.begin(file, session.epoch(), sequence);
        }
        if (rest == null && !extents.hasNext()) {
            committed = true;
            return MapRecord.commit(file, session.epoch(), sequence, lengthBytes);
        }
        return MapRecord.extent(file, session.epoch(), sequence, nextExtent());
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
