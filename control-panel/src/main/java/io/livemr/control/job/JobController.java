package io.livemr.control.job;

import io.livemr.control.guard.StepFolder;
import io.livemr.control.web.ApiException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. */
@RestController
public class JobController implements JobApi {

    private static final int PAGE_LIMIT = 100;

    private final JobService service;
    private final JobStore jobs;
    private final JobFolders folders;
    private final JobRequestReader reader;

    JobController(final JobService service, final JobStore jobs, final JobFolders folders, final JobRequestReader reader) {
        this.service = service;
        this.jobs = jobs;
        this.folders = folders;
        this.reader = reader;
    }

    @Override
    public ResponseEntity<JobView> submit(final Part jar, final Part job, final String key) throws IOException {
        return accepted(service.submit(reader.read(job), jar, key));
    }

    @Override
    public ResponseEntity<JobView> rerun(final String id, final String output, final String key) throws IOException {
        return accepted(service.rerun(id, output, key));
    }

    @Override
    public JobPage list(final int page, final int size, final List<String> words) {
        if (page < 0 || size < 1 || size > PAGE_LIMIT) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "page must be 0 or more and size between 1 and " + PAGE_LIMIT);
        }
        final Set<JobState> states = StateFilter.of(words);
        return new JobPage(jobs.page(states, page, size).stream().map(this::view).toList(), page, size, jobs.count(states));
    }

    @Override
    public JobView get(final String id) {
        return view(service.find(id));
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
        final LogSlice slice = LogSlice.read(new StepFolder(folders.driver(service.find(id).id())).log(), offsetBytes,
            Math.min(limitBytes, Integer.parseInt(LOG_LIMIT)));
        return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
            .header("X-Log-Length", Long.toString(slice.logLengthBytes())).header("X-Content-Type-Options", "nosniff").body(slice.bytes());
    }

    private ResponseEntity<JobView> accepted(final Job job) {
        return ResponseEntity.accepted().location(URI.create("/api/v1/jobs/" + job.id())).body(view(job));
    }

    private JobView view(final Job job) {
        return JobView.of(job, service.inputsOf(job));
    }
}
