package io.livemr.control.sahara;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livemr.control.access.Caller;
import io.livemr.control.job.Job;
import io.livemr.control.job.JobService;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sahara's calls about what runs: docs/protocol.md, section 12. */
@RestController
@RequestMapping("/sahara/v1.1")
@Tag(name = "sahara")
class ExecutionController {

    private final JobService jobs;
    private final Items items;
    private final ItemFiles files;
    private final ItemCheck check;
    private final ExecutionReader reader;
    private final ExecutionStore executions;

    ExecutionController(final JobService jobs, final Items items, final ItemFiles files, final ItemCheck check, final ExecutionReader reader,
                        final ExecutionStore executions) {
        this.jobs = jobs;
        this.items = items;
        this.files = files;
        this.check = check;
        this.reader = reader;
        this.executions = executions;
    }

    /** One of them. */
    @Schema(name = "SaharaExecutionOne")
    record One(@JsonProperty("job_execution") ExecutionView execution) { }

    /** Some of them. */
    @Schema(name = "SaharaExecutionList")
    record Many(@JsonProperty("job_executions") List<ExecutionView> executions) { }

    @Operation(summary = "Run a job")
    @ApiResponse(responseCode = "202", description = "Taken.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @ApiResponse(responseCode = "422", description = "What is wrong with the jar.")
    @PostMapping("/jobs/{id}/execute")
    ResponseEntity<One> execute(@PathVariable("id") final String id, @RequestBody final ExecutionBody body) throws IOException, OpenStackException {
        final Item template = items.find(ItemKind.TEMPLATE, id);
        final Item jar = check.jarOf(template);
        final Job job = jobs.submitStored(reader.job(template, body), files.path(jar.id()), ItemFiles.sha256(jar),
            taken -> executions.insert(new ExecutionStore.Origin(taken.id(), id, body.input, body.output)));
        return ResponseEntity.accepted().body(one(job.id()));
    }

    @Operation(summary = "List executions", description = "The newest " + ExecutionStore.LIST_LIMIT + "; jobs that were submitted otherwise are not among them.")
    @ApiResponse(responseCode = "200", description = "Newest first.", useReturnTypeSchema = true)
    @GetMapping("/job-executions")
    Many list() {
        final List<ExecutionStore.Origin> origins = executions.newest(Caller.current().seenProject());
        final Map<String, Job> found = jobs.seen(origins.stream().map(ExecutionStore.Origin::jobId).toList()).stream()
            .collect(Collectors.toMap(Job::id, Function.identity()));
        return new Many(origins.stream().filter(origin -> found.containsKey(origin.jobId()))
            .map(origin -> ExecutionView.of(origin, found.get(origin.jobId()))).toList());
    }

    @Operation(summary = "Look at an execution")
    @ApiResponse(responseCode = "200", description = "As it stands.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @GetMapping({"/job-executions/{id}", "/job-executions/{id}/refresh-status"})
    One get(@PathVariable("id") final String id) {
        return one(id);
    }

    @Operation(summary = "Kill an execution's job", description = "A change, though its method is GET: for analysts, and not by a session from another page.")
    @ApiResponse(responseCode = "200", description = "It ends soon, or had ended.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @GetMapping("/job-executions/{id}/cancel")
    One cancel(@PathVariable("id") final String id) {
        jobs.kill(one(id).execution().id());
        return one(id);
    }

    @Operation(summary = "Kill an execution's job and forget the execution", description = "The job's record stays: GET /api/v1/jobs/ID.")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @DeleteMapping("/job-executions/{id}")
    ResponseEntity<Void> delete(@PathVariable("id") final String id) {
        cancel(id);
        executions.delete(id);
        return ResponseEntity.noContent().build();
    }

    /** One that belongs to another project is not there. */
    private One one(final String id) {
        return executions.find(id).flatMap(origin -> jobs.seen(id).map(job -> new One(ExecutionView.of(origin, job))))
            .orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "not_found",
                "job_execution=" + id + " is not known; GET /sahara/v1.1/job-executions lists them"));
    }
}
