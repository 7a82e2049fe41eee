package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.control.access.Caller;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.project.ProjectVms;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.function.Predicate;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What owners were asked and said, over REST. */
@RestController
@Tag(name = "grants", description = "What owners of files were asked, and what they said.")
class GrantController {

    private final JointLists lists;
    private final ProjectVms vms;

    GrantController(final JointLists lists, final ProjectVms vms) {
        this.lists = lists;
        this.vms = vms;
    }

    @Operation(summary = "List the grants", description = JointLists.SILENT_HELP + " A grant is listed as long as its composed file is there.")
    @ApiResponse(responseCode = "200", description = "One page of them.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping("/api/v1/grants")
    ResponseEntity<Page<GrantView>> list(
            @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
            @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size) throws OpenStackException {
        final Predicate<String> seen = vms.seenBy(Caller.current());
        return Caller.current().isAdmin() ? lists.page(new Paging(page, size), ComposerClient::grants, GrantView::of)
            : lists.page(new Paging(page, size), new SeenPart<>(ComposerClient::grants, grant -> seen.test(grant.vm())), GrantView::of);
    }

    /** One file of a machine, for one requester. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GrantView(
        String id, @Schema(description = "The composed file.") String file, String vm, String path,
        @Schema(description = "Address of its composer.") String host, @Schema(description = "For whom it was asked.") String requester,
        @Schema(description = "ASKED, GRANTED, DENIED, EXPIRED, REVOKED or FAILED.") String state, String reason, String message,
        @Schema(description = "Who owns the file in the machine, once that is known.") String owner,
        @Schema(description = "Whose yes it is: `owner` or `policy`.") String by,
        @Schema(description = "When it came into this state.") Instant since,
        @Schema(description = "When it ends by itself, once it is granted.") Instant expiresAt) {

        static GrantView of(final String host, final Grant grant) {
            return new GrantView(grant.id(), grant.file(), grant.vm(), grant.path(), host, grant.requester(), grant.state(), grant.reason(),
                grant.message(), grant.owner(), grant.by(), grant.since(), grant.expiresAt());
        }
    }
}
