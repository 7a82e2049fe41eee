package io.livemr.extent.wire;

import io.livemr.extent.Extent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Map records as bytes.
 *
 * <pre>
 *  byte 0    1    2      4           8            12          16                       32
 *       +----+----+------+-----------+------------+-----------+------------------------+
 *       | op | v  |flags | inode     | generation | epoch     | file system UUID       |
 *       +----+----+------+-----------+------------+-----------+------------------------+
 *       32                  40                  48            52          56           64
 *       +-------------------+-------------------+-------------+-----------+------------+
 *       | file offset bytes | start sector      | sectors     | sequence  | length bytes|
 *       +-------------------+-------------------+-------------+-----------+------------+
 * </pre>
 *
 * Big-endian, unsigned; the UUID in its text order. Positions are absolute, so the buffer's own byte order
 * neither matters nor changes.
 *
 * <p>{@link #decode} promises that the extent lies inside the sender's own disk, that no sum of its fields
 * overflows, and that unused fields are 0. Whether the file was granted, and whether epoch and sequence are
 * the expected ones, is the caller's question.
 *
 * <p>Layout: docs/protocol.md, section 2; golden vectors: src/test/resources/map-records.txt. Stateless, safe to
 * share between threads; the buffer is not.
 */
public final class MapRecordCodec {

    public static final int RECORD_BYTES = 64;
    public static final int VERSION = 1;

    /** The longest extent one record can say: 2^32 − 1 sectors. */
    public static final long MAX_EXTENT_BYTES = 0xFFFF_FFFFL * Extent.SECTOR_BYTES;

    private static final int OPERATION = 0;
    private static final int RECORD_VERSION = 1;
    private static final int FLAGS = 2;
    private static final int INODE = 4;
    private static final int GENERATION = 8;
    private static final int EPOCH = 12;
    private static final int FS_UUID = 16;
    private static final int FILE_OFFSET = 32;
    private static final int START_SECTOR = 40;
    private static final int SECTORS = 48;
    private static final int SEQUENCE = 52;
    private static final int LENGTH = 56;

    private MapRecordCodec() {
    }

    /**
     * Writes one record at the buffer's position, which moves on by {@link #RECORD_BYTES}.
     *
     * @throws IllegalArgumentException if a field does not fit its place on the wire.
     */
    public static void encode(final MapRecord record, final ByteBuffer target) {
        final ByteBuffer out = next(target);
        out.put(OPERATION, (byte) record.operation().code());
        out.put(RECORD_VERSION, (byte) VERSION);
        out.putShort(FLAGS, (short) 0);
        out.putInt(INODE, unsigned("inode", record.inode()));
        out.putInt(GENERATION, unsigned("generation", record.generation()));
        out.putInt(EPOCH, unsigned("epoch", record.epoch()));
        out.putLong(FS_UUID, record.fsUuid().getMostSignificantBits());
        out.putLong(FS_UUID + Long.BYTES, record.fsUuid().getLeastSignificantBits());
        out.putLong(FILE_OFFSET, positive("fileOffsetBytes", record.fileOffsetBytes()));
        out.putLong(START_SECTOR, positive("startSector", record.startSector()));
        out.putInt(SECTORS, unsigned("sectors", record.sectors()));
        out.putInt(SEQUENCE, unsigned("sequence", record.sequence()));
        out.putLong(LENGTH, positive("lengthBytes", record.lengthBytes()));
        target.position(target.position() + RECORD_BYTES);
    }

    /**
     * Reads one record at the buffer's position, which moves on by {@link #RECORD_BYTES}, also when the record is
     * rejected: the next one stays readable.
     *
     * @param source      private copy of the guest's bytes: the guest must not be able to write to it meanwhile.
     * @param diskSectors size of this guest's virtual disk, in 512-byte sectors.
     * @throws RejectedRecordException if fewer than 64 bytes remain (then nothing was consumed) or a field breaks
     *                                 docs/protocol.md, section 2.
     */
    public static MapRecord decode(final ByteBuffer source, final long diskSectors)
            throws RejectedRecordException {
        if (source.remaining() < RECORD_BYTES) {
            throw new RejectedRecordException(Reason.MALFORMED, "recordBytes=" + source.remaining());
        }
        final ByteBuffer in = next(source);
        source.position(source.position() + RECORD_BYTES);
        final MapRecord record = fields(operation(in), in);
        check(record, diskSectors);
        return record;
    }

    /**
     * Checks a record that was decoded for a larger disk against the one that it is about.
     *
     * @throws RejectedRecordException as {@link #decode} does.
     */
    public static void check(final MapRecord record, final long diskSectors) throws RejectedRecordException {
        MapRecordRules.check(record, diskSectors);
    }

    private static ByteBuffer next(final ByteBuffer buffer) {
        if (buffer.remaining() < RECORD_BYTES) {
            throw new BufferUnderflowException();
        }
        return buffer.slice(buffer.position(), RECORD_BYTES).order(ByteOrder.BIG_ENDIAN);
    }

    private static Operation operation(final ByteBuffer in) throws RejectedRecordException {
        final int version = Byte.toUnsignedInt(in.get(RECORD_VERSION));
        if (version != VERSION) {
            throw new RejectedRecordException(Reason.BAD_VERSION, "version=" + version);
        }
        final int code = Byte.toUnsignedInt(in.get(OPERATION));
        final Operation operation = Operation.ofCode(code);
        if (operation == null) {
            throw new RejectedRecordException(Reason.BAD_OPERATION, "operation=" + code);
        }
        if (in.getShort(FLAGS) != 0) {
            throw new RejectedRecordException(
                    Reason.BAD_FLAGS, "flags=0x" + Integer.toHexString(Short.toUnsignedInt(in.getShort(FLAGS))));
        }
        return operation;
    }

    private static MapRecord fields(final Operation operation, final ByteBuffer in) {
        return new MapRecord(
                operation,
                Integer.toUnsignedLong(in.getInt(INODE)),
                Integer.toUnsignedLong(in.getInt(GENERATION)),
                Integer.toUnsignedLong(in.getInt(EPOCH)),
                new UUID(in.getLong(FS_UUID), in.getLong(FS_UUID + Long.BYTES)),
                in.getLong(FILE_OFFSET),
                in.getLong(START_SECTOR),
                Integer.toUnsignedLong(in.getInt(SECTORS)),
                Integer.toUnsignedLong(in.getInt(SEQUENCE)),
                in.getLong(LENGTH));
    }

    private static int unsigned(final String field, final long value) {
        if (value >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("does not fit 32 bits: " + field + "=" + value);
        }
        return (int) value;
    }

    private static long positive(final String field, final long value) {
        if (value < 0) {
            throw new IllegalArgumentException("must not be negative: " + field + "=" + value);
        }
        return value;
    }
}
