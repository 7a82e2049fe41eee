package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Calls the control panel; its README has the interface. Safe to share between threads. */
public final class PanelClient {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "KILLED");

    private static final int LOG_SLICE_BYTES = 1 << 20;

    private final JsonHttp http;

    public PanelClient(final URI url, final Path state) {
        this.http = new JsonHttp("control-panel", url, state.resolve("token"));
    }

    public static boolean hasEnded(final String state) {
        return ENDED.contains(state);
    }

    public Optional<String> problem() {
        return http.problemOf("/actuator/health");
    }

    /** Returns the new job's id. */
    public String submit(final JobRequest request) {
        try {
            final MultipartBody body = new MultipartBody().json("job", description(request).toString()).file("jar", request.jar());
            return http.post("/api/v1/jobs", body.contentType(), body.publisher()).path("id").asText();
        } catch (final FileNotFoundException e) {
            throw new IllegalArgumentException("no jar " + request.jar(), e);
        }
    }

    private static ObjectNode description(final JobRequest request) {
        final ObjectNode job = JsonHttp.JSON.createObjectNode();
        job.put("name", request.name());
        if (request.mainClass() != null) {
            job.put("mainClass", request.mainClass());
        }
        if (!request.args().isEmpty()) {
            job.set("args", JsonHttp.JSON.valueToTree(request.args()));
        }
        job.set("inputs", JsonHttp.JSON.valueToTree(request.inputs()));
        return job;
    }

    /** A page of jobs, newest first: {@code {items, page, size, total}}. */
    public JsonNode jobs() {
        return http.get("/api/v1/jobs?size=100");
    }

    public JsonNode job(final String id) {
        return http.get("/api/v1/jobs/" + id);
    }

    /** What the job's driver printed; empty before it has started. */
    public String log(final String id) {
        final ByteArrayOutputStream log = new ByteArrayOutputStream();
        int got;
        do {
            final byte[] slice = http.getBytes("/api/v1/jobs/" + id + "/log?limit=" + LOG_SLICE_BYTES + "&offset=" + log.size());
            log.writeBytes(slice);
            got = slice.length;
        } while (got == LOG_SLICE_BYTES);
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Ends a job that waits or runs. */
    public void kill(final String id) {
        http.delete("/api/v1/jobs/" + id);
    }
}
