package io.livemr.control.project;

import io.livemr.control.access.Caller;
import io.livemr.control.web.ApiException;
import io.livemr.control.web.Page;
import io.livemr.control.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Projects over REST, for admins. */
@RestController
@RequestMapping("/api/v1/projects")
@Tag(name = "projects", description = "What hides jobs from others, and which machines they may name. For admins.")
class ProjectController {

    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}";
    private static final String VM_PATTERN = "[^/\\p{Cntrl}]{1,255}";

    private final ProjectStore projects;
    private final Clock clock;

    ProjectController(final ProjectStore projects, final Clock clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /** What is set of a project. */
    record ProjectRequest(
        @Schema(description = "Names of machines; `*` stands for any number of characters.", example = "[\"web-*\"]")
        @NotNull @Size(max = 1_000) List<@NotNull @Pattern(regexp = VM_PATTERN) String> vms) { }

    /** A project as REST shows it. */
    record ProjectView(String name, @Schema(description = "Patterns of the machines that its jobs may read.") List<String> vms, Instant createdAt) {

        static ProjectView of(final Project project) {
            return new ProjectView(project.name(), project.vms(), Instant.ofEpochMilli(project.createdMillis()));
        }
    }

    @Operation(summary = "List projects", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page of them.", useReturnTypeSchema = true)
    @GetMapping
    Page<ProjectView> list(
            @Parameter(description = Paging.PAGE_HELP) @RequestParam(name = "page", defaultValue = "0") final int page,
            @Parameter(description = Paging.SIZE_HELP) @RequestParam(name = "size", defaultValue = Paging.DEFAULT_SIZE) final int size) {
        final Paging paging = new Paging(page, size);
        return Page.of(projects.page(paging).stream().map(ProjectView::of).toList(), paging, projects.count());
    }

    @Operation(summary = "Look at a project")
    @ApiResponse(responseCode = "200", description = "The project.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "`no_such_project`")
    @GetMapping("/{name}")
    ProjectView get(@PathVariable("name") final String name) {
        return ProjectView.of(find(name));
    }

    @Operation(summary = "Make a project, or set which machines it may name", description = "Jobs whose machines it may no longer name are ended.")
    @ApiResponse(responseCode = "200", description = "As it is now.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`")
    @PutMapping("/{name}")
    ProjectView set(@PathVariable("name") @Pattern(regexp = NAME) final String name, @Valid @RequestBody final ProjectRequest request) {
        projects.set(new Project(name, request.vms(), clock.millis()), Caller.current().name());
        return ProjectView.of(find(name));
    }

    @Operation(summary = "Remove a project", description = "One to which no account or job belongs.")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "404", description = "`no_such_project`")
    @ApiResponse(responseCode = "409", description = "`project_in_use`")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(@PathVariable("name") final String name) {
        find(name);
        if (!projects.delete(name, Caller.current().name())) {
            throw new ApiException(HttpStatus.CONFLICT, "project_in_use", "project=" + name
                + " has accounts, jobs or what clients of Sahara keep; it can be given no machines instead");
        }
        return ResponseEntity.noContent().build();
    }

    private Project find(final String name) {
        return projects.find(name).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no_such_project",
            "project=" + name + " is not known; GET /api/v1/projects lists them"));
    }
}
