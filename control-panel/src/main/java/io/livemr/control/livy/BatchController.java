package io.livemr.control.livy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.control.access.Caller;
import io.livemr.control.job.Job;
import io.livemr.control.job.JobNumbers;
import io.livemr.control.job.JobService;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Livy's calls about batches: docs/protocol.md, section 11. */
@RestController
@RequestMapping("/batches")
@Tag(name = "batches", description = "Jobs as clients of Apache Livy see them.")
class BatchController {

    private static final int PAGE_LIMIT = 100;

    private final JobService jobs;
    private final JobNumbers numbers;
    private final BatchReader reader;

    BatchController(final JobService jobs, final JobNumbers numbers, final BatchReader reader) {
        this.jobs = jobs;
        this.numbers = numbers;
        this.reader = reader;
    }

    /** Some batches. */
    record BatchList(long from, long total, List<Batch> sessions) { }

    /** Where a batch is. */
    record BatchState(long id, String state) { }

    /** Some lines of a batch's log. */
    record BatchLog(long id, long from, int size, long total, List<String> log) { }

    /** That it was done. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Done(String msg) { }

    @Operation(summary = "Submit a batch", description = "A job with the jar of an earlier one; `conf` holds its inputs.")
    @ApiResponse(responseCode = "201", description = "Taken.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "404", description = "`no_such_jar`: upload it with a job first.")
    @PostMapping
    ResponseEntity<Batch> submit(@RequestBody final BatchRequest request) throws IOException, OpenStackException {
        final Job job = jobs.submitKept(reader.job(request), reader.sha256(request));
        final Batch batch = batch(job);
        return ResponseEntity.created(URI.create("/batches/" + batch.id())).body(batch);
    }

    @Operation(summary = "List batches", description = "By number; all jobs of the caller's project are batches, too.")
    @ApiResponse(responseCode = "200", description = "Some of them.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping
    BatchList list(@RequestParam(name = "from", defaultValue = "0") final int from, @RequestParam(name = "size", defaultValue = "20") final int size) {
        require(from >= 0 && size >= 0 && size <= PAGE_LIMIT, "from must be 0 or more and size between 0 and " + PAGE_LIMIT);
        final List<Batch> batches = numbers.page(Caller.current().seenProject(), from, size).stream().map(jobs::find).map(this::batch).toList();
        return new BatchList(from, numbers.count(Caller.current().seenProject()), batches);
    }

    @Operation(summary = "Look at a batch")
    @ApiResponse(responseCode = "200", description = "The batch as it stands.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @GetMapping("/{id}")
    Batch get(@PathVariable("id") final long id) {
        return batch(job(id));
    }

    @Operation(summary = "Ask for a batch's state")
    @ApiResponse(responseCode = "200", description = "Its state.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @GetMapping("/{id}/state")
    BatchState state(@PathVariable("id") final long id) {
        return new BatchState(id, Batch.state(job(id).state()));
    }

    @Operation(summary = "Kill a batch", description = "Its record stays.")
    @ApiResponse(responseCode = "200", description = "It ends soon, or had ended.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @DeleteMapping("/{id}")
    Done kill(@PathVariable("id") final long id) {
        jobs.kill(job(id).id());
        return new Done("deleted");
    }

    @Operation(summary = "Read a batch's log", description = "Lines of the driver's output.")
    @ApiResponse(responseCode = "200", description = "Some lines.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @GetMapping("/{id}/log")
    BatchLog log(@PathVariable("id") final long id,
                 @Parameter(description = "First line; -1 for the last ones.") @RequestParam(name = "from", defaultValue = "-1") final long from,
                 @Parameter(description = "Lines at most, up to 1000.") @RequestParam(name = "size", defaultValue = "100") final int size) throws IOException {
        require(size >= 0 && size <= LogWindow.LINE_LIMIT, "size must be between 0 and " + LogWindow.LINE_LIMIT);
        final LogWindow window = LogWindow.read(jobs.logOf(job(id)), from, size);
        return new BatchLog(id, window.from(), window.lines().size(), window.total(), window.lines());
    }

    private Batch batch(final Job job) {
        return Batch.of(numbers.of(job.id()), job);
    }

    /** One that belongs to another project is not there. */
    private Job job(final long number) {
        return numbers.idOf(number).flatMap(jobs::seen).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no_such_job",
            "batch=" + number + " is not known; GET /batches lists them"));
    }

    private static void require(final boolean holds, final String wanted) {
        if (!holds) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", wanted);
        }
    }
}
