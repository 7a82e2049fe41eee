package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads and checks a qcow2 header, in one read.
 *
 * <pre>
 *  byte  0 magic        4 version              8 backing name offset (8)   16 backing name length
 *       20 cluster bits 24 virtual size (8)   32 encryption method         36 L1 entries
 *       40 L1 offset (8)                      48 refcount table offset (8) 56 its length in clusters
 *       60 snapshots    64 snapshot table offset (8)
 *       72 incompatible features (8)  80 compatible (8)  88 autoclear (8)      version 3 from here
 *       96 refcount order  100 header length  104 compression type
 *       then extensions: type, length, data padded to 8 bytes; type 0 ends them. Then the backing name.
 * </pre>
 *
 * Big-endian. Written by QEMU, or by whoever supplied the image: every number is bounded before it is used.
 * Facts from QEMU's docs/interop/qcow2.txt and block/qcow2.c ({@code qcow2_do_open}). Stateless.
 */
final class Qcow2HeaderReader {

    /** Header, extensions and backing name of anything QEMU writes take less than 2 KiB. */
    static final int HEADER_LIMIT_BYTES = 4096;

    private static final int MAGIC = 0x514649fb;
    private static final int VERSION_2_BYTES = 72;
    private static final int VERSION_3_BYTES = 104;
    private static final int BACKING_FORMAT = 0xe2792aca;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int NAME_LIMIT_BYTES = 1023;

    private final ImageFile file;
    private final ByteBuffer bytes;
    private final Qcow2HeaderRules rules;
    private int usedEndBytes;

    private Qcow2HeaderReader(final ImageFile file, final ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
        this.rules = new Qcow2HeaderRules(file.path());
    }

    static Qcow2HeaderBytes read(final ImageFile file) throws IOException {
        final Qcow2HeaderReader reader = new Qcow2HeaderReader(file, file.readUpTo(0, HEADER_LIMIT_BYTES));
        final Qcow2Header header = reader.header();
        return new Qcow2HeaderBytes(reader.bytes.slice(0, reader.usedEndBytes).asReadOnlyBuffer(), header);
    }

    private Qcow2Header header() throws ImageException {
        final int version = version();
        final int clusterBits = bytes.getInt(20);
        rules.require(clusterBits >= 9 && clusterBits <= 21, "clusterBits", clusterBits);
        final long features = version == 2 ? 0 : bytes.getLong(72);
        rules.requireSupported(bytes.getInt(32), features);
        final Qcow2Header header = new Qcow2Header(
                identity(version, clusterBits, features),
                bytes.getLong(24) & -512L,
                bytes.getLong(40),
                bytes.getInt(36),
                bytes.getLong(48),
                Integer.toUnsignedLong(bytes.getInt(56)) << clusterBits,
                bytes.getLong(64),
                bytes.getInt(60),
                features);
        rules.requireBounded(header);
        return header;
    }

    private int version() throws ImageException {
        rules.require(bytes.limit() >= VERSION_2_BYTES, "fileBytes", bytes.limit());
        rules.require(bytes.getInt(0) == MAGIC, "magic", bytes.getInt(0));
        final int version = bytes.getInt(4);
        if (version != 2 && version != 3) {
            throw new UnsupportedImageException(file.path(), "qcow2 version=" + Integer.toUnsignedString(version),
                    "convert it: qemu-img convert -O qcow2");
        }
        rules.require(version == 2 || bytes.limit() > VERSION_3_BYTES, "fileBytes", bytes.limit());
        return version;
    }

    private Qcow2Header.Identity identity(final int version, final int clusterBits, final long features)
            throws ImageException {
        final int clusterEnd = Math.min(1 << clusterBits, bytes.limit());
        final int headerBytes = version == 2 ? VERSION_2_BYTES : bytes.getInt(100);
        rules.require(headerBytes >= (version == 2 ? VERSION_2_BYTES : VERSION_3_BYTES)
                && headerBytes % 8 == 0 && headerBytes <= clusterEnd, "headerLength", headerBytes);
        final String backingName = backingName(headerBytes, clusterEnd);
        final int extensionsEnd = backingName == null ? clusterEnd : (int) bytes.getLong(8);
        final Qcow2Extensions extensions = new Qcow2Extensions(rules, bytes, headerBytes, extensionsEnd);
        usedEndBytes = backingName == null ? extensions.usedEndBytes() : extensionsEnd + bytes.getInt(16);
        return new Qcow2Header.Identity(version, clusterBits,
                (features & Qcow2Header.EXTENDED_L2) != 0,
                (features & Qcow2Header.EXTERNAL_DATA_FILE) != 0,
                backingName,
                extensions.text(BACKING_FORMAT),
                extensions.text(DATA_FILE_NAME));
    }

    private String backingName(final int headerBytes, final int clusterEnd) throws ImageException {
        final long offset = bytes.getLong(8);
        final int length = bytes.getInt(16);
        if (offset == 0) {
            return null;
        }
        rules.require(length > 0 && length <= NAME_LIMIT_BYTES, "backingNameBytes", length);
        rules.require(offset >= headerBytes && offset <= clusterEnd - length, "backingNameOffset", offset);
        return text(bytes, (int) offset, length);
    }

    static String text(final ByteBuffer bytes, final int offset, final int length) {
        return new String(bytes.array(), offset, length, StandardCharsets.UTF_8);
    }
}
