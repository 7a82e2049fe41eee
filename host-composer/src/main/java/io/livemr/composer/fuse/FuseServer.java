package io.livemr.composer.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that answer a device's requests. Starts with {@code workers}; when the last one that waited has taken a request, one more
 * is started, up to {@code maxWorkers}. Two fewer than that may wait for bytes, so there is always one for everything else. Threads stay:
 * each has a buffer for a whole answer, and what was needed once is needed again.
 */
final class FuseServer {

    private static final Logger LOG = LoggerFactory.getLogger(FuseServer.class);
    private static final int NEVER_IN_A_READ = 2;

    private final FuseDevice device;
    private final FuseDispatcher dispatcher;
    private final FuseMetrics metrics;
    private final FuseSettings settings;
    private final BlockingReads reads;
    private final ReplyPool replies;
    private final EarlyAnswers early;
    private final List<Thread> threads = new ArrayList<>();
    private int waiting;

    /** @param requestPages the most that one request asks for. */
    FuseServer(final FuseDevice device, final FuseDispatcher dispatcher, final FuseSettings settings, final FuseMetrics metrics, final int requestPages) {
        this.device = device;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.metrics = metrics;
        this.replies = new ReplyPool(requestPages);
        this.reads = new BlockingReads(settings.maxWorkers() - NEVER_IN_A_READ, settings.maxDeferredReads());
        this.early = new EarlyAnswers(device, reads, settings);
    }

    synchronized void start() {
        while (threads.size() < settings.workers()) {
            startWorker();
        }
    }

    private void startWorker() {
        final Thread thread = new Thread(new FuseWorker(this), "fuse-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    synchronized void workerWaits() {
        waiting++;
    }

    synchronized void workerTookRequest(final boolean more) {
        waiting--;
        if (more && waiting == 0 && threads.size() < settings.maxWorkers()) {
            startWorker();
        }
    }

    /** Waits for the workers to end, once the mount is gone; false if some are still in a read after {@code timeoutMillis}. */
    boolean awaitEnd(final long timeoutMillis) {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        early.close();
        for (final Thread thread : workers()) {
            if (!join(thread, end)) {
                LOG.warn("FUSE worker still in a read thread={}", thread.getName());
                return false;
            }
        }
        return true;
    }

    private static boolean join(final Thread thread, final long end) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private synchronized List<Thread> workers() {
        return List.copyOf(threads);
    }

    synchronized int workerCount() {
        return threads.size();
    }

    FuseDevice device() {
        return device;
    }

    FuseDispatcher dispatcher() {
        return dispatcher;
    }

    FuseMetrics metrics() {
        return metrics;
    }

    ReplyPool replies() {
        return replies;
    }

    BlockingReads reads() {
        return reads;
    }

    EarlyAnswers early() {
        return early;
    }
}
