package io.livemr.control.sahara;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sahara's calls about what is kept: docs/protocol.md, section 12. */
@RestController
@RequestMapping("/sahara/v1.1")
@Tag(name = "sahara", description = "Jobs as clients of OpenStack Sahara 1.1 see them.")
class ItemController {

    private static final String KINDS = "`job-binary-internals`, `job-binaries`, `jobs` or `data-sources`.";

    private final Items items;
    private final ItemFiles files;
    private final ItemCheck check;

    ItemController(final Items items, final ItemFiles files, final ItemCheck check) {
        this.items = items;
        this.files = files;
        this.check = check;
    }

    @Operation(summary = "Upload a jar", description = "The body is the file; a job binary gives it a name, and a job takes that.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
        schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "202", description = "`job_binary_internal` is kept.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "`name_taken`, `too_many_items`, `no_room`")
    @ApiResponse(responseCode = "413", description = "`jar_too_large`")
    @PutMapping(path = "/job-binary-internals/{name}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Map<String, ItemView>> upload(@PathVariable("name") final String name, @Parameter(hidden = true) final HttpServletRequest request)
            throws IOException {
        Items.require(request.getContentLengthLong() > 0, "body", "the file, of more than 0 bytes");
        return taken(files.take(name, request.getInputStream(), request.getContentLengthLong()));
    }

    @Operation(summary = "Name an uploaded jar")
    @ApiResponse(responseCode = "202", description = "`job_binary` is kept.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @PostMapping("/job-binaries")
    ResponseEntity<Map<String, ItemView>> name(@RequestBody final ItemBody body) {
        return taken(check.binary(body));
    }

    @Operation(summary = "Say what is to be run")
    @ApiResponse(responseCode = "202", description = "`job` is kept.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @PostMapping("/jobs")
    ResponseEntity<Map<String, ItemView>> create(@RequestBody final ItemBody body) {
        return taken(check.template(body));
    }

    @Operation(summary = "Say where a run reads or writes")
    @ApiResponse(responseCode = "202", description = "`data_source` is kept.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @PostMapping("/data-sources")
    ResponseEntity<Map<String, ItemView>> source(@RequestBody final ItemBody body) {
        return taken(check.source(body));
    }

    @Operation(summary = "List what is kept")
    @ApiResponse(responseCode = "200", description = "By name, as `binaries`, `jobs` or `data_sources`.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @GetMapping("/{kind}")
    Map<String, List<ItemView>> list(@Parameter(description = KINDS) @PathVariable("kind") final String word) {
        final ItemKind kind = ItemKind.of(word);
        return Map.of(kind.ofMany(), items.list(kind).stream().map(this::view).toList());
    }

    @Operation(summary = "Look at what is kept")
    @ApiResponse(responseCode = "200", description = "As `job_binary_internal`, `job_binary`, `job` or `data_source`.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @GetMapping("/{kind}/{id}")
    Map<String, ItemView> get(@Parameter(description = KINDS) @PathVariable("kind") final String kind, @PathVariable("id") final String id) {
        return one(items.find(ItemKind.of(kind), id));
    }

    @Operation(summary = "Delete what is kept")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "404", description = "`not_found`")
    @ApiResponse(responseCode = "409", description = "`deletion_failed`: something needs it.")
    @DeleteMapping("/{kind}/{id}")
    ResponseEntity<Void> delete(@Parameter(description = KINDS) @PathVariable("kind") final String kind, @PathVariable("id") final String id)
            throws IOException {
        files.delete(items.find(ItemKind.of(kind), id));
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<Map<String, ItemView>> taken(final Item item) {
        return ResponseEntity.accepted().body(one(item));
    }

    private Map<String, ItemView> one(final Item item) {
        return Map.of(item.kind().ofOne(), view(item));
    }

    private ItemView view(final Item item) {
        return ItemView.of(item, item.kind() == ItemKind.TEMPLATE
            ? item.ids("libs").stream().map(id -> ItemView.of(items.find(ItemKind.BINARY, id), null)).toList() : null);
    }
}
