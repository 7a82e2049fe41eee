package io.livemr.control.job;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A job's states and its log as they come. */
@RestController
@Tag(name = "jobs")
class JobEventController {

    private final JobService service;
    private final EventFeed feed;
    private final EventListeners listeners;

    JobEventController(final JobService service, final EventFeed feed, final EventListeners listeners) {
        this.service = service;
        this.feed = feed;
        this.listeners = listeners;
    }

    @Operation(summary = "Listen to a job", description = "Server-sent events: `state {state, reason, message}` for each new state and "
        + "`log {offset, text}` for new output, the end last; then the stream ends. A client that comes back with `Last-Event-ID` misses nothing.")
    @ApiResponse(responseCode = "200", description = "The stream.",
        content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "All has been told, end included.", content = @Content)
    @ApiResponse(responseCode = "400", description = "`bad_request`: no such event id.")
    @ApiResponse(responseCode = "404", description = "`no_such_job`")
    @ApiResponse(responseCode = "429", description = "`too_many_listeners`")
    @GetMapping("/api/v1/jobs/{id}/events")
    void listen(@PathVariable("id") final String id,
                @Parameter(description = "The id of the last event that was heard.")
                @RequestHeader(name = "Last-Event-ID", required = false) final String lastEventId,
                @Parameter(hidden = true) final HttpServletRequest request, @Parameter(hidden = true) final HttpServletResponse response)
            throws IOException {
        final EventCursor cursor = EventCursor.parse(lastEventId);
        final Job job = service.find(id);
        if (feed.isOver(job, cursor)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        listeners.add(job, cursor, request, response);
    }
}
