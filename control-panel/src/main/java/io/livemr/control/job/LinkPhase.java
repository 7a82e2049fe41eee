package io.livemr.control.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.Composers;
import io.livemr.control.engine.Hadoop;
import io.livemr.control.engine.LogTail;
import io.livemr.control.engine.RunSlots;
import io.livemr.control.engine.StepProcesses;
import io.livemr.control.engine.StepStatus;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.settings.ComposerSettings;
import io.livemr.failpoint.FailPoint;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code COMPOSING}: takes a place to run and links one file after the other into the job's folder in HDFS, which the first one makes. */
@Component
class LinkPhase implements Phase {

    private final Hadoop hadoop;
    private final StepProcesses processes;
    private final RunSlots slots;
    private final InputStore inputs;
    private final JobStore jobs;
    private final JobFolders folders;
    private final Composers composers;
    private final JobWaker waker;
    private final ObjectMapper json;
    private final Clock clock;

    LinkPhase(final Hadoop hadoop, final StepProcesses processes, final RunSlots slots, final InputStore inputs, final JobStore jobs,
              final JobFolders folders, final Composers composers, final JobWaker waker, final ObjectMapper json, final Clock clock) {
        this.hadoop = hadoop;
        this.processes = processes;
        this.slots = slots;
        this.inputs = inputs;
        this.jobs = jobs;
        this.folders = folders;
        this.composers = composers;
        this.waker = waker;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean advance(final Job job) throws JobFailure {
        if (!slots.take(job.id())) {
            jobs.note(job, "waits for one of the places to run, livemr.engine.max-running=" + slots.limit());
            return false;
        }
        FailPoint.RUN_PLACED.pass();
        jobs.note(job, "linking the files into HDFS");
        for (final InputFile file : inputs.of(job.id())) {
            if (!linked(job, file)) {
                return false;
            }
        }
        FailPoint.RUN_LINKED.pass();
        return jobs.advance(job, JobState.RUNNING, clock.millis());
    }

    private boolean linked(final Job job, final InputFile file) throws JobFailure {
        final String name = JobFolders.link(file.number());
        final Path step = folders.step(job.id(), name);
        if (processes.status(step).phase() == StepStatus.Phase.LOST) {
            // What the lost call made may be half of a file. Taken away first, whether it is there or not.
            if (!shell(job, "un" + name, List.of("-rm", "-f", "-skipTrash", file.hdfsPath()))) {
                return false;
            }
            processes.forget(folders.step(job.id(), "un" + name));
            processes.forget(step);
        }
        return shell(job, name, linkCommand(job, file));
    }

    /** True when the call has succeeded; begins it when it has not begun. */
    private boolean shell(final Job job, final String name, final List<String> args) throws JobFailure {
        final Path step = folders.step(job.id(), name);
        final StepStatus status = processes.status(step);
        switch (status.phase()) {
            case ENDED -> requireSuccess(step, args, status);
            case RUNNING -> processes.watch(step, () -> waker.wake(job.id()));
            case LOST, NOT_STARTED -> {
                processes.forget(step);
                hadoop.shell(step, args, () -> waker.wake(job.id()));
            }
        }
        return status.phase() == StepStatus.Phase.ENDED;
    }

    private static void requireSuccess(final Path step, final List<String> args, final StepStatus status) throws JobFailure {
        if (!status.succeeded()) {
            throw new JobFailure("compose_failed", "hadoop fs " + String.join(" ", args) + " ended with " + status.exit()
                + ": " + LogTail.of(step) + "; see that HDFS and the composer are up and submit again");
        }
    }

    private List<String> linkCommand(final Job job, final InputFile file) throws JobFailure {
        final List<String> command = new ArrayList<>(composerOptions(file));
        command.addAll(file.pinned() ? List.of("-composeFromLocal", "-nofollow") : List.of("-composeFromLocal"));
        command.addAll(List.of("-json", "-requester", job.spec().requester(), confFile(job, file), file.hdfsPath()));
        return command;
    }

    /** The file's own composer, which need not be the one of the configuration. */
    private List<String> composerOptions(final InputFile file) throws JobFailure {
        try {
            final ComposerSettings composer = composers.at(file.composer()).settings();
            return List.of("-D", "livemr.composer.url=" + composer.url(), "-D", "livemr.composer.token.file=" + composer.tokenFile());
        } catch (final ComposerUnreachableException e) {
            throw new JobFailure("composer_unreachable", e.getMessage());
        }
    }

    private String confFile(final Job job, final InputFile file) {
        final Path conf = folders.step(job.id(), "input-" + file.number() + ".json");
        LinkConf.write(conf, file, json);
        return conf.toString();
    }
}
