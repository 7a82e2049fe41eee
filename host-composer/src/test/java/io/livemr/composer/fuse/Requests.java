package io.livemr.composer.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Requests as a kernel would send them, written from include/uapi/linux/fuse.h independently of the reader. */
final class Requests {

    private static final int LOCK_OWNER = 2;

    private Requests() {
    }

    static FuseRequest of(final int opcode, final long unique, final long nodeId, final byte[] body) {
        final ByteBuffer bytes = ByteBuffer.allocate(40 + body.length).order(ByteOrder.nativeOrder());
        bytes.putInt(40 + body.length).putInt(opcode).putLong(unique).putLong(nodeId).putInt(0).putInt(0).putInt(1).putInt(0).put(body);
        final FuseRequest request = new FuseRequest();
        request.restore(bytes.array());
        return request;
    }

    static FuseRequest lookup(final long parent, final String name) {
        return of(1, 2, parent, (name + "\0").getBytes(StandardCharsets.UTF_8));
    }

    static FuseRequest open(final long nodeId, final int flags) {
        return of(14, 4, nodeId, body(8).putInt(flags).array());
    }

    static FuseRequest read(final long unique, final long handle, final long offset, final int sizeBytes) {
        return of(15, unique, 3, body(40).putLong(handle).putLong(offset).putInt(sizeBytes).putInt(LOCK_OWNER).array());
    }

    static ByteBuffer body(final int lengthBytes) {
        return ByteBuffer.allocate(lengthBytes).order(ByteOrder.nativeOrder());
    }
}
