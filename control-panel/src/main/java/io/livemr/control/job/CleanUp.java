package io.livemr.control.job;

import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.engine.LinkAnswer;
import io.livemr.control.engine.LinkRequest;
import io.livemr.control.engine.Linker;
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
import java.util.Optional;
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

    private final StepProcesses processes;
    private final Linker linker;
    private final ComposedInputs inputs;
    private final InputStore inputStore;
    private final JobStore jobs;
    private final JobFolders folders;
    private final JobWaker waker;
    private final Patience patience;
    private final KeptJars jars;
    private final JobApplications applications;
    private final boolean keepFiles;

    CleanUp(final StepProcesses processes, final Linker linker, final ComposedInputs inputs, final InputStore inputStore, final JobStore jobs,
            final JobFolders folders, final JobWaker waker, final Patience patience, final KeptJars jars, final JobApplications applications,
            final PanelSettings settings) {
        this.processes = processes;
        this.linker = linker;
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
            linker.forget(job.id());
            jobs.cleanedUp(job.id());
            FailPoint.CLEAN_NOTED.pass();
            jars.trim();
        }
    }

    /** Ends whatever still runs for the job but the cleaning itself. */
    void killProcesses(final Job job) {
        for (final Path step : steps(job)) {
            final StepStatus.Phase phase = processes.status(step).phase();
            if (!step.getFileName().toString().equals(JobApplications.END) && (phase == StepStatus.Phase.RUNNING || phase == StepStatus.Phase.LOST)) {
                processes.kill(step);
            }
        }
    }

    private boolean hdfsIsClean(final Job job) {
        if (!Files.exists(folders.links(job.id()))) {
            return true;
        }
        final String folder = folderInHdfs(job);
        final Optional<LinkAnswer> answer = linker.call(job.id(), LinkRequest.removing(folder), () -> waker.wake(job.id()));
        return answer.isPresent() && (answer.get().succeeded() || givesUp(job, folder, answer.get()));
    }

    private String folderInHdfs(final Job job) {
        final boolean outputIsInside = job.spec().output().startsWith(folders.hdfs(job.id()) + "/");
        return job.startedMillis() != null && outputIsInside ? folders.hdfsInput(job.id()) : folders.hdfs(job.id());
    }

    private boolean givesUp(final Job job, final String folder, final LinkAnswer answer) {
        if (patience.isOver(job.id())) {
            LOG.warn("job={} leaves folder={} in HDFS: {}", job.id(), folder, answer.error());
            return true;
        }
        linker.forget(job.id());
        return false;
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
