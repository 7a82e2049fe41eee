package io.livemr.control.job;

import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.Composers;
import io.livemr.control.engine.LinkAnswer;
import io.livemr.control.engine.LinkRequest;
import io.livemr.control.engine.Linker;
import io.livemr.control.engine.RunSlots;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.settings.ComposerSettings;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * {@code COMPOSING}: takes a place to run and has all files linked into the job's folder in HDFS. What an earlier panel may have linked there, or half linked, is removed first.
 */
@Component
class LinkPhase implements Phase {

    private final Linker linker;
    private final RunSlots slots;
    private final InputStore inputs;
    private final JobStore jobs;
    private final JobFolders folders;
    private final Composers composers;
    private final JobWaker waker;
    private final Clock clock;

    LinkPhase(final Linker linker, final RunSlots slots, final InputStore inputs, final JobStore jobs, final JobFolders folders,
              final Composers composers, final JobWaker waker, final Clock clock) {
        this.linker = linker;
        this.slots = slots;
        this.inputs = inputs;
        this.jobs = jobs;
        this.folders = folders;
        this.composers = composers;
        this.waker = waker;
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
        return areLinked(job) && jobs.advance(job, JobState.RUNNING, clock.millis());
    }

    private boolean areLinked(final Job job) throws JobFailure {
        mark(folders.links(job.id()));
        final Optional<LinkAnswer> answer = linker.call(job.id(), request(job), () -> waker.wake(job.id()));
        if (answer.isEmpty()) {
            return false;
        }
        if (!answer.get().succeeded()) {
            throw new JobFailure("compose_failed", answer.get().error() + "; see that HDFS and the composer are up and submit again");
        }
        FailPoint.RUN_LINKED.pass();
        return true;
    }

    private static void mark(final Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file, e);
        }
    }

    private LinkRequest request(final Job job) throws JobFailure {
        final List<LinkRequest.Order> orders = new ArrayList<>();
        for (final InputFile file : inputs.of(job.id())) {
            orders.add(order(job, file));
        }
        return new LinkRequest(List.of(folders.hdfsInput(job.id())), orders);
    }

    /** With the file's own composer, which need not be the one of the configuration. */
    private LinkRequest.Order order(final Job job, final InputFile file) throws JobFailure {
        try {
            final ComposerSettings composer = composers.at(file.composer()).settings();
            return new LinkRequest.Order(composer.url().toString(), composer.tokenFile().toString(), new LinkRequest.Link(file.hdfsPath(),
                job.spec().requester(), List.of(new LinkRequest.Source(file.vm(), file.path())), !file.pinned()));
        } catch (final ComposerUnreachableException e) {
            throw new JobFailure("composer_unreachable", e.getMessage());
        }
    }
}
