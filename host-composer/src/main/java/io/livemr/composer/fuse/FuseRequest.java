package io.livemr.composer.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One request as it came from the device: {@code struct fuse_in_header} of include/uapi/linux/fuse.h, then the body of its opcode.
 *
 * <pre>
 *  byte 0     4        8        16       24    28    32    36           38        40
 *       +-----+--------+--------+--------+-----+-----+-----+------------+---------+------
 *       | len | opcode | unique | nodeid | uid | gid | pid | extensions | padding | body
 *       +-----+--------+--------+--------+-----+-----+-----+------------+---------+------
 * </pre>
 *
 * All fields are in the machine's byte order. The kernel is trusted, but not to the byte: every access is checked against the
 * length that was read, and a field that is not there is {@code EINVAL}. Reused for each request; belongs to one thread.
 */
final class FuseRequest {

    static final int HEADER_BYTES = 40;

    /** FUSE_MIN_READ_BUFFER is 8 KiB; a write of at most 4 KiB (max_write) and its headers must fit too. */
    static final int CAPACITY_BYTES = 16 * 1024;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY_BYTES).order(ByteOrder.nativeOrder());
    private final long address = LibC.addressOf(bytes);

    /** Where the device puts the next request. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Of the buffer's first byte. */
    long address() {
        return address;
    }

    /** Takes the first {@code lengthBytes} of the buffer as the request; false if that is not one whole request, so that nobody can be answered. */
    boolean received(final int lengthBytes) {
        bytes.clear().limit(lengthBytes);
        return lengthBytes >= HEADER_BYTES && bytes.getInt(0) == lengthBytes;
    }

    /** Takes a request that was put aside with {@link #copy()}. */
    void restore(final byte[] copy) {
        bytes.clear();
        bytes.put(0, copy).limit(copy.length);
    }

    byte[] copy() {
        final byte[] copy = new byte[bytes.limit()];
        bytes.get(0, copy);
        return copy;
    }

    FuseOpcode opcode() {
        return FuseOpcode.of(bytes.getInt(4));
    }

    int opcodeNumber() {
        return bytes.getInt(4);
    }

    /** The kernel's number for this request; the reply and an interrupt repeat it. Never used twice. */
    long unique() {
        return bytes.getLong(8);
    }

    long nodeId() {
        return bytes.getLong(16);
    }

    int bodyBytes() {
        return bytes.limit() - HEADER_BYTES;
    }

    int bodyInt(final int offset) throws FuseErrorException {
        checkBody(offset, Integer.BYTES);
        return bytes.getInt(HEADER_BYTES + offset);
    }

    long bodyLong(final int offset) throws FuseErrorException {
        checkBody(offset, Long.BYTES);
        return bytes.getLong(HEADER_BYTES + offset);
    }

    /** The string that begins at {@code offset} of the body and ends before its NUL. */
    String bodyName(final int offset) throws FuseErrorException {
        checkBody(offset, 1);
        int end = HEADER_BYTES + offset;
        while (bytes.get(end) != 0) {
            end++;
            checkBody(end - HEADER_BYTES, 1);
        }
        final byte[] name = new byte[end - HEADER_BYTES - offset];
        bytes.get(HEADER_BYTES + offset, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private void checkBody(final int offset, final int lengthBytes) throws FuseErrorException {
        if (offset > bodyBytes() - lengthBytes) {
            throw new FuseErrorException(Errno.EINVAL, "short body opcode=" + opcodeNumber() + " bodyBytes=" + bodyBytes());
        }
    }
}
