package io.livemr.composer.fuse;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers reads that take too long for their reader: {@code EINTR} to one who was interrupted (Ctrl-C, kill), {@code ESTALE} to one
 * who has waited for a thread longer than the limit.
 *
 * <p>A read that is running cannot be stopped: Java closes the image under a thread that is interrupted in it. So its reader gets the
 * answer now, and what the thread has to say later meets a request that is gone; the kernel drops it with ENOENT, since
 * it uses no number twice. An interrupt is given a moment first: most reads end within it, and a program that takes a timer signal
 * does not expect EINTR from a file.
 */
final class EarlyAnswers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyAnswers.class);
    private static final long EXPIRY_PERIOD_MILLIS = 500;

    private final FuseDevice device;
    private final BlockingReads reads;
    private final FuseSettings settings;
    private final FuseReply reply = FuseReply.forErrors();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        final Thread thread = new Thread(task, "fuse-timer");
        thread.setDaemon(true);
        return thread;
    });

    EarlyAnswers(final FuseDevice device, final BlockingReads reads, final FuseSettings settings) {
        this.device = device;
        this.reads = reads;
        this.settings = settings;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.scheduleWithFixedDelay(this::expire, EXPIRY_PERIOD_MILLIS, EXPIRY_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** INTERRUPT: {@code fuse_interrupt_in} is the number of the request that nobody wants any more. It may overtake that request. */
    void interrupt(final FuseRequest request) {
        try {
            final long unique = request.bodyLong(0);
            timer.schedule(() -> interruptNow(unique), settings.interruptMillis(), TimeUnit.MILLISECONDS);
        } catch (final FuseErrorException e) {
            LOG.error("interrupt names no request: {}", e.getMessage());
        }
    }

    private void interruptNow(final long unique) {
        if (reads.removeDeferred(unique) || reads.isRunning(unique)) {
            fail(unique, Errno.EINTR);
        }
    }

    private void expire() {
        final long oldest = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(settings.maxDeferredMillis());
        reads.removeOlderThan(oldest).forEach(read -> fail(read.unique(), Errno.ESTALE));
    }

    /** Runs on the timer's thread alone, which owns {@code reply}. */
    private void fail(final long unique, final int errno) {
        try {
            reply.begin(unique).fail(errno);
            device.write(reply);
        } catch (final IOException e) {
            LOG.warn("early answer not sent unique={} errno={}", unique, errno, e);
        }
    }

    /** Waits for the last answer, so that none is written to a descriptor that means something else by then. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
