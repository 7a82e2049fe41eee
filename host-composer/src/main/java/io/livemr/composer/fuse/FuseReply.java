package io.livemr.composer.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One answer: {@code struct fuse_out_header} of include/uapi/linux/fuse.h, then the body.
 *
 * <pre>
 *  byte 0        4080  4084    4088     4096
 *       +--------+-----+-------+--------+---------------------------+
 *       | unused | len | error | unique | body, up to its capacity  |
 *       +--------+-----+-------+--------+---------------------------+
 *                ^ what is written       ^ page boundary
 * </pre>
 *
 * The header ends where a page begins: bytes are read straight into the body (no copy between buffers, and the alignment that
 * O_DIRECT wants) and header and body leave in one write. {@code error} is a negative errno. Reused for each request; belongs to one thread.
 */
final class FuseReply {

    static final int HEADER_BYTES = 16;
    static final int PAGE_BYTES = 4096;

    private static final int START = PAGE_BYTES - HEADER_BYTES;

    private final ByteBuffer bytes;
    private final ByteBuffer body;
    private final long address;
    private long unique;

    /** @param maxBodyPages as many as the kernel may ask for in one request. */
    FuseReply(final int maxBodyPages) {
        final int maxBodyBytes = maxBodyPages * PAGE_BYTES;
        bytes = ByteBuffer.allocateDirect(maxBodyBytes + 2 * PAGE_BYTES).alignedSlice(PAGE_BYTES).order(ByteOrder.nativeOrder());
        body = bytes.slice(PAGE_BYTES, maxBodyBytes).order(ByteOrder.nativeOrder());
        address = LibC.addressOf(bytes) + START;
    }

    /** One that can only fail: has room for no body. */
    static FuseReply forErrors() {
        return new FuseReply(0);
    }

    /** Begins the answer to request {@code unique}: no error, no body. */
    FuseReply begin(final long unique) {
        this.unique = unique;
        body.clear();
        return this;
    }

    /** Where the body goes; what lies before its position is sent. */
    ByteBuffer body() {
        return body;
    }

    /** Ends an answer with what the body holds. */
    void succeed() {
        end(0, body.position());
    }

    /** Ends an answer with an errno (positive); the body is not sent. */
    void fail(final int errno) {
        body.clear();
        end(-errno, 0);
    }

    private void end(final int error, final int bodyBytes) {
        bytes.clear().position(START).limit(PAGE_BYTES + bodyBytes);
        bytes.putInt(START, HEADER_BYTES + bodyBytes).putInt(START + 4, error).putLong(START + 8, unique);
    }

    /** Header and body, from position to limit, once the answer has ended. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Of the header, where what is written begins. */
    long address() {
        return address;
    }

    /** The errno sent, positive; 0 for none. */
    int errno() {
        return -bytes.getInt(START + 4);
    }

    int bodyBytes() {
        return bytes.getInt(START) - HEADER_BYTES;
    }
}
