package io.livemr.hdfs.rpc;

import io.livemr.hdfs.link.Link;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.BytesValue;

/**
 * Arguments of the plug-in's requests as bytes, big-endian, text in modified UTF-8 after a 16-bit length.
 *
 * <pre>
 *  block   pool: text, id: 64, generation stamp: 64, length in bytes: 64
 *  link    composed file: 64, offset in bytes: 64, length in bytes: 64
 *  follow  inode id: 64, composed file: 64, block size in bytes: 64
 *
 *  TOUCH_BLOCK  block, storage id: text, link      REPORT_BLOCK  block, storage id: text
 *  GROW_BLOCK   block, link                        FOLLOW        follow
 *  UNFOLLOW     inode id: 64                       LENGTH        composed file: 64
 * </pre>
 */
public final class LinkRequestCodec {

    /** Writes one value; an exception can only come from a text over 64 KiB. */
    public interface Part {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private LinkRequestCodec() {
    }

    public static BytesValue encode(Part... parts) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (final Part part : parts) {
                part.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BytesValue.of(ByteString.copyFrom(bytes.toByteArray()));
    }

    public static DataInputStream reader(BytesValue message) {
        return new DataInputStream(message.getValue().newInput());
    }

    public static Part text(String value) {
        return out -> out.writeUTF(value);
    }

    public static Part number(long value) {
        return out -> out.writeLong(value);
    }

    public static Part block(ExtendedBlock block) {
        return out -> {
            out.writeUTF(block.getBlockPoolId());
            out.writeLong(block.getBlockId());
            out.writeLong(block.getGenerationStamp());
            out.writeLong(block.getNumBytes());
        };
    }

    public static ExtendedBlock readBlock(DataInputStream in) throws IOException {
        final String pool = in.readUTF();
        final long id = in.readLong();
        final long generation = in.readLong();
        return new ExtendedBlock(pool, id, in.readLong(), generation);
    }

    public static Part link(Link link) {
        return out -> {
            out.writeLong(link.fileId());
            out.writeLong(link.offset());
            out.writeLong(link.lengthBytes());
        };
    }

    /** @throws IOException if the numbers are not a range. */
    public static Link readLink(DataInputStream in) throws IOException {
        try {
            return new Link(in.readLong(), in.readLong(), in.readLong());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    public static Part follow(Follow follow) {
        return out -> {
            out.writeLong(follow.inodeId());
            out.writeLong(follow.fileId());
            out.writeLong(follow.blockSizeBytes());
        };
    }

    public static Follow readFollow(DataInputStream in) throws IOException {
        return new Follow(in.readLong(), in.readLong(), in.readLong());
    }
}
