package io.livemr.control.job;

import io.livemr.control.composer.ComposerEvents;
import io.livemr.control.engine.RunSlots;
import io.livemr.control.input.InputStore;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.failpoint.FailPoint;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes each job as far as it can go now, again and again: when it is new, when a composer tells of its file, when its process ends, and
 * every {@code livemr.jobs.poll}. All that is known is in the database and in the job's folder, so a panel that was killed just goes on.
 *
 * <p>A job is looked at by one thread at a time. At most one look per job waits, so the queue is as long as there are active jobs.
 */
@Component
public class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 4;
    private static final int LOCKS = 64;

    private final JobStore jobs;
    private final InputStore inputs;
    private final RunSlots slots;
    private final JobEnd end;
    private final CleanUp cleanUp;
    private final JobRights rights;
    private final Map<JobState, Phase> phases;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ReentrantLock[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    JobRunner(final JobStore jobs, final InputStore inputs, final RunSlots slots, final JobEnd end, final CleanUp cleanUp,
              final JobRights rights, final ConsentPhase consent, final LinkPhase link, final DriverPhase driver, final JobWaker waker, final ComposerEvents events) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.slots = slots;
        this.end = end;
        this.cleanUp = cleanUp;
        this.rights = rights;
        this.phases = Map.of(JobState.SUBMITTED, consent, JobState.AWAITING_CONSENT, consent, JobState.COMPOSING, link, JobState.RUNNING, driver);
        waker.attach(this::wake);
        events.listen(file -> inputs.activeJobsUsing(file).forEach(this::wake));
    }

    /** Jobs that ran before keep their places before anybody else gets one. */
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        jobs.running().forEach(slots::keep);
        wakeAll();
    }

    @Scheduled(fixedDelayString = "${livemr.jobs.poll}", initialDelayString = "${livemr.jobs.poll}")
    void wakeAll() {
        jobs.unfinished().forEach(this::wake);
    }

    /** Has a job looked at soon. */
    public void wake(final String jobId) {
        if (waiting.add(jobId)) {
            try {
                pool.execute(() -> look(jobId));
            } catch (final RejectedExecutionException e) {
                LOG.debug("job={} waits for the next start of the panel", jobId);
            }
        }
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }

    private void look(final String jobId) {
        final ReentrantLock lock = locks[Math.floorMod(jobId.hashCode(), LOCKS)];
        lock.lock();
        try {
            waiting.remove(jobId);
            goOn(jobId);
        } catch (final RuntimeException e) {
            LOG.error("job={} could not be taken further; it is tried again", jobId, e);
        } finally {
            lock.unlock();
        }
    }

    private void goOn(final String jobId) {
        Optional<Job> job = jobs.find(jobId);
        while (job.isPresent() && step(job.get())) {
            job = jobs.find(jobId);
        }
    }

    /** True when the job is in another state now. */
    private boolean step(final Job job) {
        if (job.state().isEnd()) {
            if (!job.cleanedUp()) {
                cleanUp.advance(job);
            }
            return false;
        }
        final boolean moved = job.killRequested() ? kill(job) : advance(job);
        if (moved && jobs.find(job.id()).map(now -> now.state().isEnd()).orElse(false)) {
            wakeAll();
        }
        return moved;
    }

    private boolean kill(final Job job) {
        cleanUp.killProcesses(job);
        FailPoint.KILL_DONE.pass();
        return end.killed(job);
    }

    private boolean advance(final Job job) {
        try {
            rights.check(job);
            return phases.get(job.state()).advance(job);
        } catch (final JobFailure failure) {
            return end.failed(job, failure);
        } catch (final OpenStackException e) {
            jobs.note(job, "waits to hear whose its machines are: " + e.getMessage());
            return false;
        }
    }
}
