package io.livemr.composer.fuse;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * LOOKUP, FORGET, BATCH_FORGET, GETATTR, ACCESS and STATFS.
 *
 * <pre>
 *  LOOKUP             name, NUL
 *  fuse_forget_in     | nlookup 8 |
 *  fuse_batch_forget  | count 4 | dummy 4 | count × ( nodeid 8 | nlookup 8 ) |
 *  fuse_access_in     | mask 4 | padding 4 |
 * </pre>
 */
final class NodeOperations {

    private static final int FORGET_ONE_BYTES = 16;
    private static final int W_OK = 2;

    private final Names names;
    private final NodeTable nodes;
    private final int gid;
    private final Instant mountedAt = Instant.now();

    NodeOperations(final Names names, final NodeTable nodes, final FuseSettings settings) {
        this.names = names;
        this.nodes = nodes;
        this.gid = settings.readerGid();
    }

    void lookUp(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final Node node = names.child(names.node(request.nodeId()), request.bodyName(0));
        // Attributes first: a file that goes away in between must not leave a look-up counted that the kernel never heard of.
        Replies.entry(out, 0);
        attributes(node, out);
        out.putLong(0, nodes.lookUp(node));
    }

    void getAttributes(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        Replies.attributesValidity(out);
        attributes(names.node(request.nodeId()), out);
    }

    private void attributes(final Node node, final ByteBuffer out) throws FuseErrorException {
        if (node instanceof Node.File file) {
            final OpenFile open = names.open(file);
            Replies.file(out, Node.inodeOf(node, open.file()), open.file(), open.lengthBytes(), gid);
        } else {
            Replies.directory(out, Node.inodeOf(node, null), mountedAt, gid);
        }
    }

    void forget(final FuseRequest request) throws FuseErrorException {
        nodes.forget(request.nodeId(), request.bodyLong(0));
    }

    void forgetBatch(final FuseRequest request) throws FuseErrorException {
        final long count = Integer.toUnsignedLong(request.bodyInt(0));
        for (long i = 0; i < Math.min(count, request.bodyBytes() / FORGET_ONE_BYTES); i++) {
            final int at = 8 + (int) i * FORGET_ONE_BYTES;
            nodes.forget(request.bodyLong(at), request.bodyLong(at + 8));
        }
    }

    /** Rights themselves are the kernel's to check (default_permissions). */
    void access(final FuseRequest request) throws FuseErrorException {
        names.node(request.nodeId());
        if ((request.bodyInt(0) & W_OK) != 0) {
            throw new FuseErrorException(Errno.EROFS, "access for writing");
        }
    }

    void statfs(final ByteBuffer out) {
        long blocks = 0;
        long files = 0;
        for (final var file : names.list()) {
            blocks += file.lengthBytes() / FuseReply.PAGE_BYTES + 1;
            files++;
        }
        Replies.statfs(out, blocks, files);
    }
}
