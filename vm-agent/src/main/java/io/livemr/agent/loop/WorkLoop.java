package io.livemr.agent.loop;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for all that changes state, two for what waits for disks.
 *
 * <p>What is queued is bounded by who queues: 64 composer lines, one event and one disk job per file, 32 owners'
 * connections. A task that fails is logged and does not stop the others.
 */
public final class WorkLoop implements AutoCloseable {

    /** Takes the outcome of a disk job, on the working thread. */
    public interface Finished<T> {
        void take(T result, Exception failure);
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
    private static final int DISK_THREADS = 2;
    private static final int STOP_SECONDS = 5;

    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "work"));
    private final ThreadPoolExecutor disk;

    /** @param diskJobs most disk jobs that may wait. */
    public WorkLoop(final int diskJobs) {
        disk = new ThreadPoolExecutor(DISK_THREADS, DISK_THREADS, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(diskJobs), work -> daemon(work, "disk"));
        loop.setRemoveOnCancelPolicy(true);
    }

    /** After {@link #close} nothing is done any more. */
    public void execute(final Runnable work) {
        after(0, work);
    }

    public void after(final long millis, final Runnable work) {
        try {
            loop.schedule(guarded(work), millis, TimeUnit.MILLISECONDS);
        } catch (final RejectedExecutionException closed) {
            LOG.debug("not done, the agent stops");
        }
    }

    public void every(final long millis, final Runnable work) {
        loop.scheduleWithFixedDelay(guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs a job that may wait for a disk, then hands its outcome to the working thread. */
    public <T> void onDisk(final Callable<T> job, final Finished<T> finished) {
        try {
            disk.execute(() -> {
                try {
                    final T result = job.call();
                    execute(() -> finished.take(result, null));
                } catch (final Exception e) {
                    execute(() -> finished.take(null, e));
                } catch (final Error e) {
                    execute(() -> finished.take(null, new IllegalStateException(e)));
                }
            });
        } catch (final RejectedExecutionException full) {
            execute(() -> finished.take(null, full));
        }
    }

    private static Runnable guarded(final Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (final RuntimeException | Error e) {
                // The executor would keep an error to itself.
                LOG.error("a task failed", e);
            }
        };
    }

    private static Thread daemon(final Runnable work, final String name) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        // Not interrupted: a state file that is being written is finished first.
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        loop.shutdown();
        disk.shutdown();
        try {
            loop.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
