package io.livemr.control.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A row of the audit log. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntry(
    long id, Instant at, AuditEvent event,
    @Schema(description = "Who did it; with files, whose job it was.") String account,
    String project,
    @Schema(description = "The account or project that was changed.") String subject,
    String job,
    @Schema(description = "In whose name the owner was asked.") String requester,
    String vm, String path, String composedFile,
    @Schema(description = "Whose file it is, as the machine says.") String owner,
    @Schema(description = "Whose yes it was: `owner`, or `policy` of the machine's administrator.") String grantedBy,
    @Schema(description = "Why it was denied, revoked or failed.") String reason) { }
