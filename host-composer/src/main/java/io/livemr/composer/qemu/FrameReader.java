package io.livemr.composer.qemu;

import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Frames out of a stream of bytes.
 *
 * <pre>
 *  byte 0        4      5     6       8              12     16              24              32
 *       +--------+------+-----+-------+--------------+------+---------------+---------------+---------
 *       | "LMRQ" | type | 01h | disk  | payload bytes| 0    | revocations   | sectors       | payload
 *       +--------+------+-----+-------+--------------+------+---------------+---------------+---------
 * </pre>
 *
 * Big-endian, unsigned. Nothing that is wrong can be skipped, since where the next frame would begin is then anybody's guess:
 * the connection must end. A frame takes 65,568 bytes of memory at most, allocated once.
 *
 * <p>Layout: docs/protocol.md, section 9. For one thread.
 */
final class FrameReader {

    static final int HEADER_BYTES = 32;
    static final int PAYLOAD_LIMIT_BYTES = 65_536;

    private static final int MAGIC = 0x4C4D5251;   // "LMRQ"
    private static final int VERSION = 1;
    private static final int TYPE_AT = 4;
    private static final int VERSION_AT = 5;
    private static final int DISK_AT = 6;
    private static final int PAYLOAD_BYTES_AT = 8;
    private static final int RESERVED_AT = 12;
    private static final int REVOCATIONS_AT = 16;
    private static final int SECTORS_AT = 24;
    private static final int ID_LIMIT_BYTES = 255;

    private final ReadableByteChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private final ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_LIMIT_BYTES);

    FrameReader(final ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the next frame.
     *
     * @throws RejectedRecordException if it is none that section 9 knows.
     * @throws EOFException            if the stream ends.
     */
    Frame next() throws IOException, RejectedRecordException {
        fill(header.clear());
        requireOurs();
        final Frame.Type type = type();
        final int payloadBytes = payloadBytes(type);
        fill(payload.clear().limit(payloadBytes));
        return new Frame(type, Short.toUnsignedInt(header.getShort(DISK_AT)), header.getLong(REVOCATIONS_AT),
                header.getLong(SECTORS_AT), payload.flip());
    }

    private void fill(final ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new EOFException("QEMU has closed the map channel");
            }
        }
    }

    private void requireOurs() throws RejectedRecordException {
        if (header.getInt(0) != MAGIC || header.getInt(RESERVED_AT) != 0) {
            throw new RejectedRecordException(Reason.MALFORMED, "frame magic=0x" + Integer.toHexString(header.getInt(0))
                    + " reserved=" + header.getInt(RESERVED_AT));
        }
        if (header.get(VERSION_AT) != VERSION) {
            throw new RejectedRecordException(Reason.BAD_VERSION, "frame version=" + Byte.toUnsignedInt(header.get(VERSION_AT)));
        }
    }

    private Frame.Type type() throws RejectedRecordException {
        final int code = Byte.toUnsignedInt(header.get(TYPE_AT));
        if (code < 1 || code > Frame.Type.values().length) {
            throw new RejectedRecordException(Reason.UNKNOWN_TYPE, "frame type=" + code);
        }
        return Frame.Type.values()[code - 1];
    }

    private int payloadBytes(final Frame.Type type) throws RejectedRecordException {
        final long bytes = Integer.toUnsignedLong(header.getInt(PAYLOAD_BYTES_AT));
        final boolean isRight = switch (type) {
            case DISK -> bytes > 0 && bytes <= ID_LIMIT_BYTES;
            case RECORDS -> bytes <= PAYLOAD_LIMIT_BYTES && bytes % MapRecordCodec.RECORD_BYTES == 0 && header.getLong(SECTORS_AT) == 0;
            case LOST -> bytes == 0;
        };
        if (!isRight) {
            throw new RejectedRecordException(Reason.MALFORMED, "frame type=" + type + " payloadBytes=" + bytes
                    + " sectors=" + Long.toUnsignedString(header.getLong(SECTORS_AT)));
        }
        return (int) bytes;
    }
}
