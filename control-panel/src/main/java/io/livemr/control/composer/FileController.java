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

/** Composed files over REST. */
@RestController
@Tag(name = "files", description = "Files of virtual machines that can be read, or were asked for.")
class FileController {

    private final JointLists lists;
    private final ProjectVms vms;

    FileController(final JointLists lists, final ProjectVms vms) {
        this.lists = lists;
        this.vms = vms;
    }

    @Operation(summary = "List the composed files", description = JointLists.SILENT_HELP)
    @ApiResponse(responseCode = "200", description = "One page of them, each host's by name.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping("/api/v1/files")
    ResponseEntity<Page<FileView>> list(
            @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
            @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size) throws OpenStackException {
        final Predicate<String> seen = vms.seenBy(Caller.current());
        return Caller.current().isAdmin() ? lists.page(new Paging(page, size), ComposerClient::files, FileView::of)
            : lists.page(new Paging(page, size), new SeenPart<>(ComposerClient::files, file -> file.sources().stream().allMatch(source -> seen.test(source.vm()))), FileView::of);
    }

    /** A composed file and the host that has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileView(
        String name, @Schema(description = "Of its last source, the one that grows.") String vm, String path,
        @Schema(description = "Address of its composer.") String host,
        @Schema(description = "How many files of machines it is made of; jobs have them made of one.") int sources, String requester, String owner,
        String state, String reason, String message, Long lengthBytes,
        @Schema(description = "Of its last source; `GET /api/v1/grants` has it.") String grant,
        @Schema(description = "When the newest map came in force.") Instant mappedAt,
        @Schema(description = "How far behind the agent in the machine its composer can be at most.") Long lagMillis) {

        static FileView of(final String host, final ComposedFile file) {
            final ComposedFile.Source last = file.last();
            return new FileView(file.name(), last.vm(), last.path(), host, file.sources().size(), file.requester(), last.owner(), file.state(),
                file.anyReason(), file.anyMessage(), file.lengthBytes(), last.grant(), last.mappedAt(), last.lagMillis());
        }
    }
}
