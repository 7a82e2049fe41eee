package io.livemr.control.job;

import io.livemr.control.engine.RunSlots;
import io.livemr.failpoint.FailPoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a job to one of its ends, counts it and gives its place to another. */
@Component
class JobEnd {

    private static final Logger LOG = LoggerFactory.getLogger(JobEnd.class);

    private final JobStore jobs;
    private final RunSlots slots;
    private final MeterRegistry metrics;
    private final Clock clock;

    JobEnd(final JobStore jobs, final RunSlots slots, final MeterRegistry metrics, final Clock clock) {
        this.jobs = jobs;
        this.slots = slots;
        this.metrics = metrics;
        this.clock = clock;
    }

    boolean succeeded(final Job job) {
        return end(job, JobState.SUCCEEDED, "succeeded", null, 0);
    }

    boolean failed(final Job job, final JobFailure failure) {
        return end(job, JobState.FAILED, failure.reason(), failure.getMessage(), failure.exitCode());
    }

    boolean killed(final Job job) {
        return end(job, JobState.KILLED, "killed", "killed by request", null);
    }

    private boolean end(final Job job, final JobState state, final String reason, final String message, final Integer exitCode) {
        if (!jobs.end(job, state, reason, message, exitCode, clock.millis())) {
            return false;
        }
        FailPoint.END_WRITTEN.pass();
        slots.giveBack(job.id());
        metrics.counter("livemr.jobs.ended", "state", state.name(), "reason", reason).increment();
        LOG.info("job={} state={} reason={} message={}", job.id(), state, reason, message);
        return true;
    }
}
