package io.livemr.control.job;

import io.livemr.control.composer.ComposerException;
import io.livemr.control.composer.ComposerUnreachableException;
import io.livemr.control.composer.VmUnknownException;
import io.livemr.control.input.ComposedInputs;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputReasons;
import io.livemr.control.input.InputState;
import io.livemr.control.input.InputStore;
import io.livemr.failpoint.FailPoint;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** From {@code SUBMITTED} through {@code AWAITING_CONSENT}: each file is asked for, then looked at until all are live. */
@Component
class ConsentPhase implements Phase {

    private final ComposedInputs inputs;
    private final InputStore inputStore;
    private final JobStore jobs;
    private final Patience patience;
    private final Clock clock;

    ConsentPhase(final ComposedInputs inputs, final InputStore inputStore, final JobStore jobs, final Patience patience, final Clock clock) {
        this.inputs = inputs;
        this.inputStore = inputStore;
        this.jobs = jobs;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public boolean advance(final Job job) throws JobFailure {
        for (final InputFile file : inputStore.of(job.id())) {
            if (!step(job, file)) {
                return false;
            }
        }
        patience.reset(job.id());
        return job.state() == JobState.SUBMITTED ? moveOn(job, FailPoint.INPUT_NAMED, JobState.AWAITING_CONSENT) : moveOnWhenAllAreLive(job);
    }

    private boolean moveOn(final Job job, final FailPoint before, final JobState next) {
        before.pass();
        return jobs.advance(job, next, clock.millis());
    }

    private boolean moveOnWhenAllAreLive(final Job job) throws JobFailure {
        final List<InputFile> files = inputStore.of(job.id());
        for (final InputFile file : files) {
            failIfOver(file);
        }
        final long live = files.stream().filter(file -> file.state() == InputState.LIVE).count();
        if (live < files.size()) {
            jobs.note(job, live + " of " + files.size() + " files are live");
            return false;
        }
        return moveOn(job, FailPoint.INPUT_LIVE, JobState.COMPOSING);
    }

    /** False when the composer gave no answer and the job has to wait. */
    private boolean step(final Job job, final InputFile file) throws JobFailure {
        try {
            if (file.composedFile() == null) {
                inputs.ask(file, job.spec().requester(), job.spec().ttlSeconds());
            } else if (job.state() == JobState.AWAITING_CONSENT) {
                inputs.look(file);
            }
            return true;
        } catch (final VmUnknownException e) {
            throw new JobFailure(e.reason(), InputReasons.explain(file, "is not there,", e.reason(), e.getMessage()));
        } catch (final ComposerException e) {
            return waitIfPassing(job, file, e);
        } catch (final ComposerUnreachableException e) {
            return waitFor(job, "composer_unreachable", e.getMessage());
        }
    }

    private boolean waitIfPassing(final Job job, final InputFile file, final ComposerException e) throws JobFailure {
        if (!e.isPassing()) {
            throw new JobFailure(e.reason(), InputReasons.explain(file, "was refused,", e.reason(), e.getMessage()));
        }
        return waitFor(job, e.reason(), InputReasons.explain(file, "is not answered,", e.reason(), e.getMessage()));
    }

    private boolean waitFor(final Job job, final String reason, final String message) throws JobFailure {
        if (patience.isOver(job.id())) {
            throw new JobFailure(reason, message + "; gave up after livemr.jobs.composer-wait, submit again when it answers");
        }
        jobs.note(job, message);
        return false;
    }

    static void failIfOver(final InputFile file) throws JobFailure {
        if (file.state().isOver()) {
            final String reason = file.reason() == null ? file.state().name().toLowerCase(java.util.Locale.ROOT) : file.reason();
            throw new JobFailure(reason, InputReasons.explain(file, "is " + file.state() + ",", reason, file.message()));
        }
    }
}
