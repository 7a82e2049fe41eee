package io.livemr.control.job;

import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.engine.Hadoop;
import io.livemr.control.engine.LogTail;
import io.livemr.control.engine.StepProcesses;
import io.livemr.control.engine.StepStatus;
import io.livemr.control.input.ComposedInputs;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.settings.PanelSettings;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * After the end: processes, applications on YARN, HDFS links, composed files and temporary files go; record, jar, logs and output stay. Each call does what can
 * be done; what gives no answer is tried again for {@code livemr.jobs.composer-wait}, then named in the log and left.
 */
@Component
class CleanUp {

    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
    private static final String STEP = "clean-up";
    private static final Set<String> CLEANING = Set.of(STEP, JobApplications.END);

    private final StepProcesses processes;
    private final Hadoop hadoop;
    private final ComposedInputs inputs;
    private final InputStore inputStore;
    private final JobStore jobs;
    private final JobFolders folders;
    private final JobWaker waker;
    private final Patience patience;
    private final KeptJars jars;
    private final JobApplications applications;
    private final boolean keepFiles;

    CleanUp(final StepProcesses processes, final Hadoop hadoop, final ComposedInputs inputs, final InputStore inputStore, final JobStore jobs,
            final JobFolders folders, final JobWaker waker, final Patience patience, final KeptJars jars, final JobApplications applications,
            final PanelSettings settings) {
        this.processes = processes;
        this.hadoop = hadoop;
        this.inputs = inputs;
        this.inputStore = inputStore;
        this.jobs = jobs;
        this.folders = folders;
        this.waker = waker;
        this.patience = patience;
        this.jars = jars;
        this.applications = applications;
        this.keepFiles = settings.jobs().keepFiles();
    }

    void advance(final Job job) {
        killProcesses(job);
        FailPoint.CLEAN_KILLED.pass();
        if (applications.haveEnded(job) && (keepFiles || hdfsIsClean(job) && composedFilesAreGone(job))) {
            FailPoint.CLEAN_RELEASED.pass();
            removeLocalFiles(job);
            FailPoint.CLEAN_REMOVED.pass();
            patience.reset(job.id());
            jobs.cleanedUp(job.id());
            FailPoint.CLEAN_NOTED.pass();
            jars.trim();
        }
    }

    /** Ends whatever still runs for the job but the cleaning itself. */
    void killProcesses(final Job job) {
        for (final Path step : steps(job)) {
            final StepStatus.Phase phase = processes.status(step).phase();
            if (!CLEANING.contains(step.getFileName().toString()) && (phase == StepStatus.Phase.RUNNING || phase == StepStatus.Phase.LOST)) {
                processes.kill(step);
            }
        }
    }

    private boolean hdfsIsClean(final Job job) {
        if (!Files.exists(folders.step(job.id(), JobFolders.link(0)))) {
            return true;
        }
        final Path step = folders.step(job.id(), STEP);
        final StepStatus status = processes.status(step);
        switch (status.phase()) {
            case RUNNING -> processes.watch(step, () -> waker.wake(job.id()));
            case LOST, NOT_STARTED -> remove(job, step);
            case ENDED -> {
                return status.succeeded() || !again(job, step, status);
            }
        }
        return false;
    }

    private boolean again(final Job job, final Path step, final StepStatus status) {
        if (patience.isOver(job.id())) {
            LOG.warn("job={} leaves folder={} in HDFS: exit={} {}", job.id(), folders.hdfs(job.id()), status.exit(), LogTail.of(step));
            return false;
        }
        processes.forget(step);
        return true;
    }

    private void remove(final Job job, final Path step) {
        final boolean outputIsInside = job.spec().output().startsWith(folders.hdfs(job.id()) + "/");
        final String folder = job.startedMillis() != null && outputIsInside ? folders.hdfsInput(job.id()) : folders.hdfs(job.id());
        processes.forget(step);
        hadoop.shell(step, List.of("-rm", "-r", "-f", "-skipTrash", folder), () -> waker.wake(job.id()));
    }

    private boolean composedFilesAreGone(final Job job) {
        FailPoint.CLEAN_UNLINKED.pass();
        boolean gone = true;
        for (final InputFile file : inputStore.of(job.id())) {
            gone &= isLetGo(job, file);
        }
        return gone;
    }

    private boolean isLetGo(final Job job, final InputFile file) {
        try {
            inputs.letGo(file, job.spec().requester());
            return true;
        } catch (final ComposerException | ComposerUnreachableException e) {
            final boolean givesUp = patience.isOver(job.id());
            if (givesUp) {
                LOG.warn("job={} leaves composedFile={} of file={}: {}", job.id(), file.composedFile(), file.label(), e.getMessage());
            }
            return givesUp;
        }
    }

    private void removeLocalFiles(final Job job) {
        try {
            FileSystemUtils.deleteRecursively(folders.conf(job.id()));
            for (final Path step : steps(job)) {
                FileSystemUtils.deleteRecursively(step.resolve("work"));
            }
        } catch (final IOException e) {
            LOG.warn("job={} leaves files below {}: {}", job.id(), folders.of(job.id()), e.getMessage());
        }
    }

    private List<Path> steps(final Job job) {
        if (!Files.isDirectory(folders.of(job.id()))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folders.of(job.id()))) {
            return all.filter(Files::isDirectory).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("folder=" + folders.of(job.id()), e);
        }
    }
}
