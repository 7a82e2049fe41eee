package io.livemr.control.job;

import io.livemr.control.access.Caller;
import io.livemr.control.guard.StepFolder;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputStore;
import io.livemr.control.jar.JarStore;
import io.livemr.control.jar.JobJar;
import io.livemr.control.jar.RejectedJarException;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.ApiException;
import io.livemr.failpoint.FailPoint;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** What users do with jobs: submit, find, kill and run them again. */
@Service
public class JobService {

    private final JobStore jobs;
    private final InputStore inputs;
    private final JarStore jars;
    private final JobIntake intake;
    private final Idempotency idempotency;
    private final RunAgain again;
    private final JobRights rights;
    private final JobRunner runner;
    private final JobFolders folders;

    JobService(final JobStore jobs, final InputStore inputs, final JarStore jars, final JobIntake intake, final Idempotency idempotency,
               final RunAgain again, final JobRights rights, final JobRunner runner, final JobFolders folders) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.jars = jars;
        this.intake = intake;
        this.idempotency = idempotency;
        this.again = again;
        this.rights = rights;
        this.runner = runner;
        this.folders = folders;
    }

    /** @param key the header {@code Idempotency-Key}, or null. */
    Job submit(final JobRequest request, final Part jar, final String key) throws IOException, OpenStackException {
        final Caller caller = Caller.current();
        final Idempotency.Submission submission = alsoDurable -> intake.take(caller, request, id -> takeJar(id, jar, request.mainClass()), alsoDurable);
        return idempotency.once(caller.name(), key, request, submission, earlier -> earlier.jar().sha256().equals(jars.sha256(jar)));
    }

    /** Submits a job whose jar came with an earlier one that the caller may see, and is still kept. */
    public Job submitKept(final JobRequest request, final String sha256) throws IOException, OpenStackException {
        final Caller caller = Caller.current();
        final Job earlier = jobs.withKeptJar(sha256, caller.seenProject()).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no_such_jar",
            "sha256=" + sha256 + " is of no jar that is kept; upload it with POST /api/v1/jobs"));
        return intake.take(caller, request, next -> shareJar(earlier, next, request.mainClass()), job -> { });
    }

    /**
     * Submits a job with a jar that the panel has already.
     *
     * @param jar         is shared, not taken.
     * @param alsoDurable is called in the transaction that makes the job's record durable.
     */
    public Job submitStored(final JobRequest request, final Path jar, final String sha256, final Consumer<Job> alsoDurable)
            throws IOException, OpenStackException {
        return intake.take(Caller.current(), request, id -> {
            link(jar, id);
            return inspected(id, sha256, request.mainClass());
        }, alsoDurable);
    }

    /**
     * Runs an ended job once more, as it was submitted.
     *
     * @param output where its output goes; null for the place the user named before, else one of its own.
     */
    Job rerun(final String id, final String output, final String key) throws IOException, OpenStackException {
        final Caller caller = Caller.current();
        final Job earlier = find(id);
        requireRunnable(earlier);
        final JobRequest request = again.request(earlier, rights.requesterOfAnotherRun(caller, earlier), output);
        return idempotency.once(caller.name(), key, List.of(id, request),
            alsoDurable -> intake.take(caller, request, next -> shareJar(earlier, next, earlier.jar().mainClass()), alsoDurable), job -> true);
    }

    /** One that belongs to another project is not there. */
    public Optional<Job> seen(final String id) {
        return jobs.find(id).filter(job -> Caller.current().sees(job.creator().project()));
    }

    /** Of these ids, the jobs that are there. */
    public List<Job> seen(final List<String> ids) {
        return jobs.all(ids).stream().filter(job -> Caller.current().sees(job.creator().project())).toList();
    }

    public Job find(final String id) {
        return seen(id).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no_such_job",
            "job=" + id + " is not known; GET /api/v1/jobs lists them"));
    }

    /** Idempotent; a job that has ended stays as it is. */
    public Job kill(final String id) {
        find(id);
        jobs.requestKill(id, Caller.current().name());
        FailPoint.KILL_WANTED.pass();
        runner.wake(id);
        return find(id);
    }

    /** The driver's output; not there before it has started. */
    public Path logOf(final Job job) {
        return new StepFolder(folders.driver(job.id())).log();
    }

    List<InputFile> inputsOf(final Job job) {
        return inputs.of(job.id());
    }

    private static void requireRunnable(final Job earlier) {
        if (!earlier.state().isEnd()) {
            throw new ApiException(HttpStatus.CONFLICT, "job_not_ended",
                "job=" + earlier.id() + " is " + earlier.state() + "; wait for its end or kill it first");
        }
    }

    private JobJar shareJar(final Job earlier, final String id, final String mainClass) throws IOException {
        link(jars.path(earlier.id()), id);
        return Objects.equals(mainClass, earlier.jar().mainClass()) ? earlier.jar() : inspected(id, earlier.jar().sha256(), mainClass);
    }

    private void link(final Path jar, final String id) throws IOException {
        try {
            jars.share(jar, id);
        } catch (final NoSuchFileException e) {
            throw new ApiException(HttpStatus.GONE, "jar_gone", "the jar was dropped, as livemr.jars.keep-size says, or deleted; submit it anew");
        }
    }

    private JobJar inspected(final String id, final String sha256, final String mainClass) throws IOException {
        try {
            return jars.inspected(id, sha256, mainClass);
        } catch (final RejectedJarException e) {
            throw refused(e);
        }
    }

    private JobJar takeJar(final String id, final Part jar, final String mainClass) throws IOException {
        try {
            return jars.take(id, jar, mainClass);
        } catch (final RejectedJarException e) {
            throw refused(e);
        }
    }

    private ApiException refused(final RejectedJarException e) {
        intake.refused(e.reason().word());
        return new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, e.reason().word(), e.getMessage());
    }
}
