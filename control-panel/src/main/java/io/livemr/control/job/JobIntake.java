package io.livemr.control.job;

import io.livemr.control.access.Caller;
import io.livemr.control.audit.AuditEvent;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.jar.JobJar;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.settings.JobSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.web.ApiException;
import io.livemr.failpoint.FailPoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** Takes new jobs while there is room for them. A job is taken when its record is durable; all else is {@link JobRunner}'s. */
@Service
class JobIntake {

    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);
    private static final List<String> DEFAULT_ARGS = List.of("{input}", "{output}");

    private final JobStore jobs;
    private final InputStore inputs;
    private final JobRequestCheck check;
    private final JobRights rights;
    private final ServerNames names;
    private final InputExpansion expansion;
    private final JobFolders folders;
    private final JobRunner runner;
    private final JobSettings settings;
    private final MeterRegistry metrics;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Clock clock;
    private final ReentrantLock queue = new ReentrantLock();

    JobIntake(final JobStore jobs, final InputStore inputs, final JobRequestCheck check, final JobRights rights, final ServerNames names,
              final InputExpansion expansion, final JobFolders folders, final JobRunner runner, final PanelSettings settings, final MeterRegistry metrics,
              final TransactionTemplate transaction, final AuditLog audit, final Clock clock) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.check = check;
        this.rights = rights;
        this.names = names;
        this.expansion = expansion;
        this.folders = folders;
        this.runner = runner;
        this.settings = settings.jobs();
        this.metrics = metrics;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
        metrics.gauge("livemr.jobs.waiting", jobs, JobStore::countWaiting);
        metrics.gauge("livemr.jobs.running", jobs, store -> store.count(EnumSet.of(JobState.RUNNING), Optional.empty()));
        metrics.gauge("livemr.jobs.queue.limit", this, intake -> intake.settings.queueLimit());
    }

    /** Puts the jar of a job where {@link JobFolders} says; leaves nothing when it throws. */
    @FunctionalInterface
    interface JarSource {
        JobJar put(String jobId) throws IOException;
    }

    /**
     * @param caller      whose the job is.
     * @param alsoDurable is called in the transaction that makes the job's record durable.
     */
    Job take(final Caller caller, final JobRequest asked, final JarSource jar, final Consumer<Job> alsoDurable) throws IOException, OpenStackException {
        check.check(asked);
        final JobRequest request = names.resolved(caller, asked);
        rights.check(caller, request);
        requireRoom();
        final List<JobRequest.Input> files = expansion.files(request, rights.requester(caller, request));
        check.checkCount(files);
        final String id = UUID.randomUUID().toString();
        final Job job = newJob(id, caller, request, jar.put(id));
        FailPoint.SUBMIT_STORED.pass();
        boolean taken = false;
        queue.lock();
        try {
            requireRoom();
            transaction.executeWithoutResult(status -> {
                insert(job, files);
                alsoDurable.accept(job);
                audit.job(AuditEvent.JOB_SUBMITTED, caller.name(), job.id());
                FailPoint.SUBMIT_WRITTEN.pass();
            });
            taken = true;
        } finally {
            queue.unlock();
            if (!taken) {
                removeFolder(id);
            }
        }
        FailPoint.SUBMIT_RECORDED.pass();
        metrics.counter("livemr.jobs.submitted").increment();
        runner.wake(id);
        return job;
    }

    void refused(final String reason) {
        metrics.counter("livemr.jobs.refused", "reason", reason).increment();
    }

    /** Whether a commit that got no answer took place, only the database knows; where it does not say, the next start of the panel removes. */
    private void removeFolder(final String id) throws IOException {
        try {
            if (jobs.find(id).isEmpty()) {
                FileSystemUtils.deleteRecursively(folders.of(id));
            }
        } catch (final DataAccessException e) {
            LOG.warn("folder={} stays until the next start: {}", folders.of(id), e.getMessage());
        }
    }

    private void requireRoom() {
        if (jobs.countWaiting() >= settings.queueLimit()) {
            refused("queue_full");
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "queue_full",
                "livemr.jobs.queue-limit=" + settings.queueLimit() + " jobs wait already; try again later or kill one");
        }
    }

    private Job newJob(final String id, final Caller caller, final JobRequest request, final JobJar jar) {
        final String output = request.output() == null || request.output().isEmpty() ? folders.hdfsOutput(id) : request.output();
        final Job.Spec spec = new Job.Spec(request.name() == null ? jar.mainClass() : request.name(),
            request.args() == null ? DEFAULT_ARGS : request.args(), output,
            rights.requester(caller, request), request.ttlSeconds(),
            request.properties() == null ? Map.of() : request.properties());
        return new Job(id, new Job.Creator(caller.name(), caller.project()), spec, jar, true, JobState.SUBMITTED, null, null, false, false, null, clock.millis(), null, null);
    }

    private void insert(final Job job, final List<JobRequest.Input> files) {
        jobs.insert(job);
        for (int i = 0; i < files.size(); i++) {
            final JobRequest.Input file = files.get(i);
            inputs.insert(InputFile.waiting(job.id(), i, file.vm(), file.path(), folders.hdfsInput(job.id(), i, file.vm(), file.path()), file.isPinned()));
        }
    }
}
