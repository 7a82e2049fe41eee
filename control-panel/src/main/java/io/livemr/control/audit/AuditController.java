package io.livemr.control.audit;

import io.livemr.control.access.Caller;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log over REST. */
@RestController
@Tag(name = "audit", description = "Who read which file of which machine, when, by whose yes.")
class AuditController {

    private final AuditQuery query;

    AuditController(final AuditQuery query) {
        this.query = query;
    }

    @Operation(summary = "Read the audit log", description = "Newest first: that of one's own project, of all for an admin.")
    @ApiResponse(responseCode = "200", description = "One page of rows.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping("/api/v1/audit")
    Page<AuditEntry> list(
        @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
        @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size,
        @RequestParam(name = "vm", required = false) final String vm, @RequestParam(name = "path", required = false) final String path,
        @RequestParam(name = "account", required = false) final String account, @RequestParam(name = "job", required = false) final String job,
        @RequestParam(name = "event", required = false) final AuditEvent event,
        @Parameter(description = "Rows of this time or later.")
        @RequestParam(name = "from", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) final Instant from,
        @Parameter(description = "Rows of before this time.")
        @RequestParam(name = "to", required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) final Instant to) {
        final Paging paging = new Paging(page, size);
        final AuditQuery.Filter filter = new AuditQuery.Filter(Caller.current().seenProject().orElse(null), vm, path, account, job, event, from, to);
        return Page.of(query.page(filter, paging), paging, query.count(filter));
    }
}
