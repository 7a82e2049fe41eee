package io.livemr.control.job;

import io.livemr.control.access.Caller;
import io.livemr.control.input.InputFile;
import io.livemr.control.input.InputsNow;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.ApiException;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. */
@RestController
public class JobController implements JobApi {

    private final JobService service;
    private final JobStore jobs;
    private final JobRequestReader reader;
    private final InputsNow inputsNow;
    private final JobApplications applications;

    JobController(final JobService service, final JobStore jobs, final JobRequestReader reader, final InputsNow inputsNow,
                  final JobApplications applications) {
        this.service = service;
        this.jobs = jobs;
        this.reader = reader;
        this.inputsNow = inputsNow;
        this.applications = applications;
    }

    @Override
    public ResponseEntity<JobView> submit(final Part jar, final Part job, final String key) throws IOException, OpenStackException {
        return accepted(service.submit(reader.read(job), jar, key));
    }

    @Override
    public ResponseEntity<JobView> rerun(final String id, final String output, final String key) throws IOException, OpenStackException {
        return accepted(service.rerun(id, output, key));
    }

    @Override
    public Page<JobView> list(final int page, final int size, final List<String> words) {
        final Paging paging = new Paging(page, size);
        final Set<JobState> states = StateFilter.of(words);
        final Optional<String> project = Caller.current().seenProject();
        return Page.of(jobs.page(states, project, paging).stream().map(this::view).toList(), paging, jobs.count(states, project));
    }

    @Override
    public JobView get(final String id) {
        final Job job = service.find(id);
        final List<InputFile> inputs = service.inputsOf(job);
        return JobView.of(job, inputs, job.state().isEnd() ? Map.of() : inputsNow.of(inputs), applications.of(id));
    }

    @Override
    public ResponseEntity<JobView> kill(final String id) {
        final Job job = service.kill(id);
        return ResponseEntity.status(job.state().isEnd() ? HttpStatus.OK : HttpStatus.ACCEPTED).body(view(job));
    }

    @Override
    public ResponseEntity<byte[]> log(final String id, final long offsetBytes, final int limitBytes) throws IOException {
        if (offsetBytes < 0 || limitBytes < 0) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "offset and limit must be 0 or more");
        }
        final LogSlice slice = LogSlice.read(service.logOf(service.find(id)), offsetBytes,
            Math.min(limitBytes, Integer.parseInt(LOG_LIMIT)));
        return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
            .header("X-Log-Length", Long.toString(slice.logLengthBytes())).header("X-Content-Type-Options", "nosniff").body(slice.bytes());
    }

    private ResponseEntity<JobView> accepted(final Job job) {
        return ResponseEntity.accepted().location(URI.create("/api/v1/jobs/" + job.id())).body(view(job));
    }

    private JobView view(final Job job) {
        return JobView.of(job, service.inputsOf(job), Map.of(), applications.of(job.id()));
    }
}
