package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The compute nodes over REST. */
@RestController
@Tag(name = "hosts", description = "Compute nodes, each with a composer.")
class HostController {

    private final Composers composers;

    HostController(final Composers composers) {
        this.composers = composers;
    }

    /** What a composer says of itself and of its machines. */
    private record Told(HostReport host, List<Vm> vms) { }

    @Operation(summary = "List the hosts", description = "For admins: those of the settings, in their order; each is asked anew.")
    @ApiResponse(responseCode = "200", description = "One page of them.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @GetMapping("/api/v1/hosts")
    Page<HostView> list(
            @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
            @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size) {
        final Paging paging = new Paging(page, size);
        final List<HostView> views = composers.ask(composer -> new Told(composer.host(), composer.vms())).stream()
            .skip(paging.offset()).limit(size).map(HostController::view).toList();
        return Page.of(views, paging, composers.all().size());
    }

    private static HostView view(final Composers.Answer<Told> answer) {
        final String url = answer.composer().url();
        final Reach.Seen seen = answer.composer().reach();
        try {
            final Told told = answer.orThrow();
            return new HostView(url, seen.reachable(), seen.since(), null, told.vms().size(), told.host().files(), mode(told.vms()),
                told.host().version(), told.host().startedAt());
        } catch (final ComposerException | ComposerUnreachableException e) {
            return new HostView(url, seen.reachable(), seen.since(), e.getMessage(), null, null, null, null, null);
        }
    }

    private static String mode(final List<Vm> vms) {
        final Set<String> ways = vms.stream().map(Vm::maps).collect(Collectors.toSet());
        if (ways.size() > 1) {
            return "mixed";
        }
        return ways.contains("disk") ? "hypervisor" : "stock";
    }

    /** A compute node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HostView(
        @Schema(description = "Address of its composer.") String url, boolean reachable,
        @Schema(description = "Since when it is, or is not, reachable, as this panel saw it.") Instant since,
        @Schema(description = "What is wrong.") String message, Integer vms, Long files,
        @Schema(description = "`hypervisor` where the QEMU of each machine hands on maps, `stock` where none does, else `mixed`."
            + " Whether a guest's kernel is patched cannot be seen from the host.") String mode,
        @Schema(description = "Of the composer.") String version, Instant startedAt) { }
}
