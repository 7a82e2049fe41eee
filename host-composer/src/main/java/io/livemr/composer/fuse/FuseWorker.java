package io.livemr.composer.fuse;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's loop: take a request, answer it. Its two buffers are made once. Costs of one read of n bytes: one read(2) that brings
 * the request, whatever the file does to get the bytes into the reply buffer, and one write(2), which copies them to the reader's pages.
 */
final class FuseWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FuseWorker.class);

    private final FuseServer server;
    private final FuseDevice device;
    private final FuseDispatcher dispatcher;
    private final BlockingReads reads;
    private final EarlyAnswers early;
    private final FuseMetrics metrics;
    private final FuseRequest request = new FuseRequest();
    private final ReplyPool replies;
    private FuseReply reply;

    FuseWorker(final FuseServer server) {
        this.server = server;
        this.device = server.device();
        this.dispatcher = server.dispatcher();
        this.reads = server.reads();
        this.early = server.early();
        this.metrics = server.metrics();
        this.replies = server.replies();
    }

    @Override
    public void run() {
        try {
            for (int lengthBytes = takeRequest(); lengthBytes >= 0; lengthBytes = takeRequest()) {
                serveWithReply(lengthBytes);
            }
        } catch (final IOException e) {
            LOG.error("FUSE worker ends", e);
        }
    }

    private int takeRequest() throws IOException {
        server.workerWaits();
        final int lengthBytes = device.read(request);
        server.workerTookRequest(lengthBytes >= 0);
        return lengthBytes;
    }

    private void serveWithReply(final int lengthBytes) throws IOException {
        reply = replies.take();
        try {
            serve(lengthBytes);
        } finally {
            replies.give(reply);
        }
    }

    private void serve(final int lengthBytes) throws IOException {
        if (!request.received(lengthBytes)) {
            LOG.error("not a whole request lengthBytes={}; nobody can be answered", lengthBytes);
            metrics.requestFailed("malformed");
        } else if (request.opcode() == FuseOpcode.INTERRUPT) {
            early.interrupt(request);
        } else {
            serveWhole(dispatcher.blockingFile(request));
        }
    }

    private void serveWhole(final String file) throws IOException {
        if (file == null) {
            answer();
        } else {
            answerBlocking(file);
        }
    }

    private void answerBlocking(final String file) throws IOException {
        switch (reads.enter(file, request)) {
            case RUN -> {
                BlockingReads.Deferred next = answerAndLeave(file);
                while (next != null) {
                    request.restore(next.request());
                    next = answerAndLeave(next.file());
                }
            }
            case DEFERRED -> metrics.readDeferred();
            case FULL -> {
                metrics.limitMet("deferred_reads");
                reply.begin(request.unique()).fail(Errno.EBUSY);
                device.write(reply);
            }
        }
    }

    private BlockingReads.Deferred answerAndLeave(final String file) throws IOException {
        final long unique = request.unique();
        try {
            answer();
        } catch (final IOException e) {
            reads.leave(file, unique);
            throw e;
        }
        return reads.leave(file, unique);
    }

    private void answer() throws IOException {
        final long start = System.nanoTime();
        try {
            dispatcher.answer(request, reply);
        } catch (final InternalError e) {
            // How the JDK says that a file was truncated under its mapping: the page of a QEMU that went wrong costs one read, not this thread.
            LOG.error("request is answered with EIO", e);
            reply.begin(request.unique()).fail(Errno.EIO);
        }
        if (!request.opcode().isUnanswered()) {
            device.write(reply);
        }
        metrics.served(request.opcode().label(), reply.errno(), reply.bodyBytes(), System.nanoTime() - start);
    }
}
