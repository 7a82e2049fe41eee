package io.livemr.composer.fuse;

import io.livemr.composer.file.ReadableFiles;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request. Whatever the bytes of the request are, the outcome is an answer: a mistake of the asker becomes its errno, a
 * mistake of ours {@code EIO}, and none of the bytes read until then is sent.
 *
 * <p>Knows no device, so tests can feed it anything. Safe to share between threads.
 */
final class FuseDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(FuseDispatcher.class);

    private final NodeTable nodes;
    private final NodeOperations node;
    private final DirectoryOperations directory;
    private final FileOperations file;
    private final XattrOperations xattr;
    private final FuseMetrics metrics;

    FuseDispatcher(final ReadableFiles files, final FuseSettings settings, final FuseMetrics metrics) {
        this.nodes = new NodeTable(settings.maxNodes());
        final Names names = new Names(files, nodes);
        this.node = new NodeOperations(names, nodes, settings);
        this.directory = new DirectoryOperations(names, settings);
        this.file = new FileOperations(names, settings, metrics);
        this.xattr = new XattrOperations(names);
        this.metrics = metrics;
    }

    /** Leaves the finished answer in {@code reply}. For an opcode that is not answered there is one too; it must not be sent. */
    void answer(final FuseRequest request, final FuseReply reply) {
        reply.begin(request.unique());
        try {
            perform(request, reply.body());
            reply.succeed();
        } catch (final FuseErrorException e) {
            countLimit(e.errno());
            LOG.trace("refused opcode={} errno={} {}", request.opcode(), e.errno(), e.getMessage());
            reply.fail(e.errno());
        } catch (final RuntimeException | Error e) {
            // Errors too: one request that needs too much memory or stack must not end the thread that serves all others.
            LOG.error("request failed opcode={}", request.opcode(), e);
            metrics.requestFailed(request.opcode().label());
            reply.fail(Errno.EIO);
        }
    }

    private void perform(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        switch (request.opcode()) {
            case INIT -> Handshake.answer(request, out);
            case LOOKUP -> node.lookUp(request, out);
            case FORGET -> node.forget(request);
            case BATCH_FORGET -> node.forgetBatch(request);
            case GETATTR -> node.getAttributes(request, out);
            case ACCESS -> node.access(request);
            case STATFS -> node.statfs(out);
            case OPEN -> file.open(request, out);
            case READ -> file.read(request, out);
            case RELEASE -> file.release(request);
            case OPENDIR -> directory.open(request, out);
            case READDIR -> directory.read(request, out);
            case RELEASEDIR -> directory.release(request);
            case GETXATTR -> xattr.get(request, out);
            case LISTXATTR -> xattr.list(request, out);
            case DESTROY, INTERRUPT -> { }
            default -> throw new FuseErrorException(
                request.opcode().isWrite() ? Errno.EROFS : Errno.ENOSYS, "opcode=" + request.opcodeNumber());
        }
    }

    private void countLimit(final int errno) {
        if (errno == Errno.ENFILE) {
            metrics.limitMet("nodes_or_handles");
        }
    }

    /** The file whose bytes the request waits for, or null when it waits for none. */
    String blockingFile(final FuseRequest request) {
        return request.opcode().mayBlock() ? file.fileOf(request) : null;
    }

    int nodes() {
        return nodes.size();
    }

    int openHandles() {
        return file.openHandles() + directory.openHandles();
    }
}
