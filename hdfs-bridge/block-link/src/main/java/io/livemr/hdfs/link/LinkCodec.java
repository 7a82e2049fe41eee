package io.livemr.hdfs.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The record that makes a block's meta file a link.
 *
 * <pre>
 *  byte 0          7          15       23       31       39     43  44
 *       +----------+----------+--------+--------+--------+------+---+
 *       | header   | "LIVEMR01" fileId | offset | length | crc  | 0 |   big-endian
 *       +----------+----------+--------+--------+--------+------+---+
 * </pre>
 *
 * The header is HDFS's own and claims CRC32C checksums over 512-byte chunks. A DataNode that runs without the plug-in
 * therefore fails on the record instead of serving the placeholder's zeros. The checksum covers bytes 7 to 38;
 * the others are always the same, and are compared.
 *
 * <p>44 bytes is a length that no CRC32 or NULL meta file can have (7 + 4 per chunk), so {@code stat} alone tells links
 * from blocks, and a start with a million blocks opens none of them.
 */
public final class LinkCodec {

    public static final int HEADER_BYTES = 7;
    public static final int META_BYTES = 44;

    private static final long MAGIC = 0x4c4956454d523031L;   // "LIVEMR01"
    private static final int CRC_AT = 39;
    /** Version 1, checksum type 2 (CRC32C), 512 bytes a chunk: BlockMetadataHeader.writeHeader. */
    private static final byte[] HEADER = {0, 1, 2, 0, 0, 2, 0};

    private LinkCodec() {
    }

    public static byte[] encode(Link link) {
        final ByteBuffer meta = ByteBuffer.allocate(META_BYTES);
        meta.put(HEADER).putLong(MAGIC).putLong(link.fileId()).putLong(link.offset()).putLong(link.lengthBytes());
        return meta.putInt(crcOf(meta.array())).array();
    }

    /** @throws IOException if these bytes are not a link record, or a damaged one. */
    public static Link decode(byte[] meta) throws IOException {
        final ByteBuffer in = ByteBuffer.wrap(meta);
        if (meta.length != META_BYTES || in.getLong(HEADER_BYTES) != MAGIC) {
            throw new IOException("not a link record: lengthBytes=" + meta.length);
        }
        if (in.getInt(CRC_AT) != crcOf(meta)) {
            throw new IOException("damaged link record: its checksum does not fit");
        }
        in.position(HEADER_BYTES + Long.BYTES);
        final Link link = linkIn(in);
        if (!Arrays.equals(meta, encode(link))) {
            throw new IOException("damaged link record: what stands around the link is not what was written");
        }
        return link;
    }

    private static Link linkIn(ByteBuffer in) throws IOException {
        try {
            return new Link(in.getLong(), in.getLong(), in.getLong());
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged link record, whose checksum fits: " + e.getMessage(), e);
        }
    }

    private static int crcOf(byte[] meta) {
        final CRC32C crc = new CRC32C();
        crc.update(meta, HEADER_BYTES, CRC_AT - HEADER_BYTES);
        return (int) crc.getValue();
    }
}
