package io.livemr.control.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.engine.Hadoop;
import io.livemr.control.engine.LogTail;
import io.livemr.control.engine.MapReduceFramework;
import io.livemr.control.engine.StepProcesses;
import io.livemr.control.engine.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A job's applications on YARN. A process beside the driver keeps a file of how they stand; another ends them when the job has ended, as a
 * killed driver leaves them running. Both outlive the panel. Without YARN there is none of this.
 */
@Component
class JobApplications {

    /** The step that must not be ended with the job's others: it is what ends. */
    static final String END = "end-applications";

    private static final Logger LOG = LoggerFactory.getLogger(JobApplications.class);
    private static final String WATCH = "applications";
    private static final TypeReference<List<ApplicationView>> VIEWS = new TypeReference<>() { };

    private final MapReduceFramework framework;
    private final Hadoop hadoop;
    private final StepProcesses processes;
    private final JobFolders folders;
    private final JobWaker waker;
    private final Patience patience;
    private final ObjectMapper json;

    JobApplications(final MapReduceFramework framework, final Hadoop hadoop, final StepProcesses processes, final JobFolders folders,
                    final JobWaker waker, final Patience patience, final ObjectMapper json) {
        this.framework = framework;
        this.hadoop = hadoop;
        this.processes = processes;
        this.folders = folders;
        this.waker = waker;
        this.patience = patience;
        this.json = json;
    }

    /** As of the last look; none before the first. */
    List<ApplicationView> of(final String jobId) {
        final Path file = file(jobId);
        try {
            return Files.exists(file) ? json.readValue(file.toFile(), VIEWS) : List.of();
        } catch (final IOException e) {
            LOG.warn("job={} file={} is not readable: {}", jobId, file, e.getMessage());
            return List.of();
        }
    }

    /** Has them watched; one that watches already goes on. */
    void watch(final Job job) {
        final Path step = folders.step(job.id(), WATCH);
        if (framework.isYarn() && processes.status(step).phase() != StepStatus.Phase.RUNNING) {
            processes.forget(step);
            hadoop.watchApplications(step, job.id(), file(job.id()), () -> { });
        }
    }

    /** True when all have ended, or YARN gave no answer for too long; begins to end them when that has not begun. */
    boolean haveEnded(final Job job) {
        if (!framework.isYarn() || !Files.exists(folders.driver(job.id()))) {
            return true;
        }
        final Path step = folders.step(job.id(), END);
        final StepStatus status = processes.status(step);
        switch (status.phase()) {
            case RUNNING -> processes.watch(step, () -> waker.wake(job.id()));
            case LOST, NOT_STARTED -> end(job, step);
            case ENDED -> {
                return status.succeeded() || givesUp(job, step, status);
            }
        }
        return false;
    }

    private void end(final Job job, final Path step) {
        processes.forget(step);
        hadoop.endApplications(step, job.id(), file(job.id()), () -> waker.wake(job.id()));
    }

    private boolean givesUp(final Job job, final Path step, final StepStatus status) {
        if (patience.isOver(job.id())) {
            LOG.warn("job={} leaves its YARN applications: exit={} {}", job.id(), status.exit(), LogTail.of(step));
            return true;
        }
        processes.forget(step);
        return false;
    }

    private Path file(final String jobId) {
        return folders.step(jobId, "applications.json");
    }
}
