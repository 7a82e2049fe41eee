package io.livemr.control.job;

import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.engine.DriverCommand;
import io.livemr.control.engine.DriverPlaces;
import io.livemr.control.engine.Hadoop;
import io.livemr.control.engine.JobConf;
import io.livemr.control.engine.LogTail;
import io.livemr.control.engine.RunSlots;
import io.livemr.control.engine.StepProcesses;
import io.livemr.control.engine.StepStatus;
import io.livemr.control.guard.Exit;
import io.livemr.control.input.ComposedInputs;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.jar.JarStore;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code RUNNING}: starts the driver once, or finds the one an earlier panel started, and reads how it ended. */
@Component
class DriverPhase implements Phase {

    private final Hadoop hadoop;
    private final DriverPlaces places;
    private final StepProcesses processes;
    private final RunSlots slots;
    private final JobFolders folders;
    private final JarStore jars;
    private final JobConf conf;
    private final JobEnd end;
    private final JobWaker waker;
    private final InputStore inputStore;
    private final ComposedInputs inputs;
    private final JobApplications applications;

    DriverPhase(final Hadoop hadoop, final DriverPlaces places, final StepProcesses processes, final RunSlots slots, final JobFolders folders,
                final JarStore jars, final JobConf conf, final JobEnd end, final JobWaker waker, final InputStore inputStore,
                final ComposedInputs inputs, final JobApplications applications) {
        this.hadoop = hadoop;
        this.places = places;
        this.processes = processes;
        this.slots = slots;
        this.folders = folders;
        this.jars = jars;
        this.conf = conf;
        this.end = end;
        this.waker = waker;
        this.inputStore = inputStore;
        this.inputs = inputs;
        this.applications = applications;
    }

    @Override
    public boolean advance(final Job job) throws JobFailure {
        slots.keep(job.id());
        final Path step = folders.driver(job.id());
        final StepStatus status = processes.status(step);
        switch (status.phase()) {
            case NOT_STARTED -> start(job, step);
            case RUNNING -> {
                processes.watch(step, () -> waker.wake(job.id()));
                applications.watch(job);
            }
            case LOST -> throw new JobFailure("driver_lost", "the driver is gone and left no exit code: the machine went down or somebody"
                + " killed it; submit again");
            case ENDED -> {
                return ended(job, step, status);
            }
        }
        return false;
    }

    private void start(final Job job, final Path step) throws JobFailure {
        requireTheJarThatWasSubmitted(job);
        conf.write(folders.conf(job.id()), job.id(), places.work(step), job.spec().properties());
        FailPoint.RUN_CONFIGURED.pass();
        final List<String> args = job.spec().args().stream().map(arg -> fill(job, arg)).toList();
        hadoop.driver(step, new DriverCommand(jars.path(job.id()), job.jar().mainClass(), job.jar().mainInManifest(), folders.conf(job.id()), args),
            () -> waker.wake(job.id()));
        FailPoint.RUN_STARTED.pass();
        applications.watch(job);
    }

    private void requireTheJarThatWasSubmitted(final Job job) throws JobFailure {
        try {
            if (!jars.sha256(job.id()).equals(job.jar().sha256())) {
                throw new JobFailure("jar_damaged", "the stored jar is not the one that was submitted, with sha256=" + job.jar().sha256()
                    + ": somebody or the disk changed it; submit it again");
            }
        } catch (final IOException e) {
            throw new JobFailure("jar_damaged", "the stored jar cannot be read: " + e.getMessage() + "; submit it again");
        }
    }

    private String fill(final Job job, final String arg) {
        return arg.replace("{input}", folders.hdfsInput(job.id())).replace("{output}", job.spec().output());
    }

    private boolean ended(final Job job, final Path step, final StepStatus status) throws JobFailure {
        FailPoint.RUN_ENDED.pass();
        if (status.succeeded()) {
            return end.succeeded(job);
        }
        final Exit exit = status.exit();
        failForAnInputThatIsOver(job, exit.code());
        if (exit.how() == Exit.How.TIME_LIMIT) {
            throw new JobFailure("time_limit", "the driver ran longer than livemr.engine.time-limit and was killed", exit.code());
        }
        throw new JobFailure("driver_failed", "the driver ended with exit code " + exit.code() + ": " + LogTail.of(step), exit.code());
    }

    /** A driver that failed since an owner took a file back shall not be blamed. */
    private void failForAnInputThatIsOver(final Job job, final int exitCode) throws JobFailure {
        for (final InputFile file : inputStore.of(job.id())) {
            try {
                ConsentPhase.failIfOver(inputs.look(file));
            } catch (final JobFailure e) {
                throw new JobFailure(e.reason(), e.getMessage(), exitCode);
            } catch (final ComposerException | ComposerUnreachableException e) {
                continue;
            }
        }
    }
}
