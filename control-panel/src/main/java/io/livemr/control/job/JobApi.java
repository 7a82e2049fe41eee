package io.livemr.control.job;

import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Encoding;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.List;
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

/** The calls about jobs, as HTTP and the OpenAPI document have them. */
@Tag(name = "jobs", description = "Submitted with a jar and the files of virtual machines that it reads.")
@RequestMapping("/api/v1/jobs")
interface JobApi {

    String LOG_LIMIT = "1048576";
    String KEY = "A fresh UUID in quotes. The same key with the same request gives the same job, however often it is sent.";

    @Operation(summary = "Submit a job", description = "Its jar is checked and kept; then the owners of its files are asked.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
        schema = @Schema(implementation = JobForm.class), encoding = @Encoding(name = "job", contentType = MediaType.APPLICATION_JSON_VALUE)))
    @ApiResponse(responseCode = "202", description = "Taken; `Location` says where it is.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`: a part or a field is not as it must be.")
    @ApiResponse(responseCode = "409", description = "`idempotency_key_in_flight`: still being answered.")
    @ApiResponse(responseCode = "413", description = "`jar_too_large`, `job_too_large`")
    @ApiResponse(responseCode = "422", description = "The jar is refused, or `idempotency_key_reused`.")
    @ApiResponse(responseCode = "429", description = "`queue_full`: come again after `Retry-After`.")
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<JobView> submit(
        @Parameter(hidden = true) @RequestPart("jar") Part jar, @Parameter(hidden = true) @RequestPart("job") Part job,
        @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false) String key) throws IOException, OpenStackException;

    @Operation(summary = "Run an ended job again", description = "A new job with the same jar, class, arguments, properties and inputs.")
    @ApiResponse(responseCode = "202", description = "Taken; `Location` says where the new job is.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @ApiResponse(responseCode = "409", description = "`job_not_ended`, `idempotency_key_in_flight`")
    @ApiResponse(responseCode = "410", description = "`jar_gone`: its jar is not kept any more.")
    @ApiResponse(responseCode = "422", description = "`idempotency_key_reused`")
    @ApiResponse(responseCode = "429", description = "`queue_full`: come again after `Retry-After`.")
    @PostMapping("/{id}/rerun")
    ResponseEntity<JobView> rerun(
        @PathVariable("id") String id,
        @Parameter(description = "Where in HDFS it writes; by default where the user said before, else a place of its own.")
        @RequestParam(name = "output", required = false) String output,
        @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false) String key) throws IOException, OpenStackException;

    @Operation(summary = "List jobs", description = "Newest first.")
    @ApiResponse(responseCode = "200", description = "One page of them.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping
    Page<JobView> list(
        @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") int page,
        @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) int size,
        @Parameter(description = "Only jobs in one of these states: SUBMITTED, AWAITING_CONSENT, COMPOSING, RUNNING, SUCCEEDED, FAILED, KILLED.")
        @RequestParam(name = "state", defaultValue = "") List<String> states);

    @Operation(summary = "Look at a job")
    @ApiResponse(responseCode = "200", description = "The job as it stands.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @GetMapping("/{id}")
    JobView get(@PathVariable("id") String id);

    @Operation(summary = "Kill a job", description = "May be sent again. A job that has ended stays as it is.")
    @ApiResponse(responseCode = "200", description = "It had ended.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "It ends soon.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @DeleteMapping("/{id}")
    ResponseEntity<JobView> kill(@PathVariable("id") String id);

    @Operation(summary = "Read a job's log", description = "Bytes of the driver's output, also while it runs.")
    @ApiResponse(responseCode = "200", description = "`X-Log-Length` says how many bytes there are by now.",
        content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @GetMapping("/{id}/log")
    ResponseEntity<byte[]> log(
        @PathVariable("id") String id,
        @Parameter(description = "First byte.") @RequestParam(name = "offset", defaultValue = "0") long offsetBytes,
        @Parameter(description = "Bytes at most; no more than 1 MiB are given.")
        @RequestParam(name = "limit", defaultValue = LOG_LIMIT) int limitBytes) throws IOException;

    /** The form that {@link #submit} reads part by part. */
    record JobForm(@Schema(type = "string", format = "binary", requiredMode = Schema.RequiredMode.REQUIRED) String jar,
                   @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobRequest job) { }
}
