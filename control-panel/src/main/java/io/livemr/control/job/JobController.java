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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over REST. */
@RestController
@RequestMapping("/api/v1/jobs")
public class JobController {

    private static final int PAGE_LIMIT = 100;
    private static final String LOG_LIMIT = "1048576";

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

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<JobView> submit(@RequestPart("jar") final Part jar, @RequestPart("job") final Part job,
                                   @RequestHeader(name = "Idempotency-Key", required = false) final String key) throws IOException {
        return accepted(service.submit(reader.read(job), jar, key));
    }

    @PostMapping("/{id}/rerun")
    ResponseEntity<JobView> rerun(@PathVariable("id") final String id, @RequestParam(name = "output", required = false) final String output,
                                  @RequestHeader(name = "Idempotency-Key", required = false) final String key) throws IOException {
        return accepted(service.rerun(id, output, key));
    }

    @GetMapping
    JobPage list(@RequestParam(name = "page", defaultValue = "0") final int page, @RequestParam(name = "size", defaultValue = "20") final int size,
                 @RequestParam(name = "state", defaultValue = "") final List<String> words) {
        if (page < 0 || size < 1 || size > PAGE_LIMIT) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "page must be 0 or more and size between 1 and " + PAGE_LIMIT);
        }
        final Set<JobState> states = StateFilter.of(words);
        return new JobPage(jobs.page(states, page, size).stream().map(this::view).toList(), page, size, jobs.count(states));
    }

    @GetMapping("/{id}")
    JobView get(@PathVariable("id") final String id) {
        return view(service.find(id));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<JobView> kill(@PathVariable("id") final String id) {
        final Job job = service.kill(id);
        return ResponseEntity.status(job.state().isEnd() ? HttpStatus.OK : HttpStatus.ACCEPTED).body(view(job));
    }

    /** Part of the driver's output; {@code X-Log-Length} says how long all of it is by now. */
    @GetMapping("/{id}/log")
    ResponseEntity<byte[]> log(@PathVariable("id") final String id, @RequestParam(name = "offset", defaultValue = "0") final long offsetBytes,
                               @RequestParam(name = "limit", defaultValue = LOG_LIMIT) final int limitBytes) throws IOException {
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

    /** Some jobs, newest first; {@code total} counts those of all pages. */
    record JobPage(List<JobView> items, int page, int size, long total) { }
}
