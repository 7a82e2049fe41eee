package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Calls the control panel; its README has the interface. Safe to share between threads. */
public final class PanelClient {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "KILLED");
    private static final int LOG_SLICE_BYTES = 1 << 20;
    private static final int PAGE = 100;
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final JsonHttp http;

    /** The panel of this host. */
    public PanelClient(final URI url, final Path state) {
        this(new JsonHttp("control-panel", url, Credentials.tokenFile(state.resolve("token"))));
    }

    public PanelClient(final JsonHttp http) {
        this.http = http;
    }

    public URI url() {
        return http.base();
    }

    public static boolean hasEnded(final String state) {
        return ENDED.contains(state);
    }

    public Optional<String> problem() {
        return http.problemOf("/actuator/health");
    }

    /** Returns the new job's id. */
    public String submit(final JobRequest request) {
        return submit(new JobText("application/json", description(request).toString()), request.jar()).path("id").asText();
    }

    /**
     * Returns the new job. Where no answer comes the submission is sent again; its key lets the panel tell that it is the same.
     *
     * @param job as docs/protocol.md section 10 has it.
     */
    public JsonNode submit(final JobText job, final Path jar) {
        final String key = '"' + UUID.randomUUID().toString() + '"';
        return again(() -> {
            final MultipartBody body = body(job, jar);
            return http.post("/api/v1/jobs", body.contentType(), body.publisher(), "Idempotency-Key", key);
        });
    }

    /** A job's description, and what kind of text it is. */
    public record JobText(String type, String text) {
    }

    private static MultipartBody body(final JobText job, final Path jar) {
        try {
            return new MultipartBody().text("job", job.type(), job.text()).file("jar", jar);
        } catch (final FileNotFoundException e) {
            throw new IllegalArgumentException("no jar " + jar, e);
        }
    }

    /** Runs an ended job once more; {@code output} may be null for the place that the panel chooses. */
    public JsonNode rerun(final String id, final String output) {
        final String key = '"' + UUID.randomUUID().toString() + '"';
        final String query = output == null ? "" : "?output=" + encoded(output);
        return again(() -> http.post(path(id) + "/rerun" + query, "application/json", BodyPublishers.noBody(), "Idempotency-Key", key));
    }

    private static JsonNode again(final Supplier<JsonNode> request) {
        for (int attempt = 1;; attempt++) {
            try {
                return request.get();
            } catch (final ApiException e) {
                if (e.status() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
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

    /** The newest jobs: {@code {items, total}}. */
    public JsonNode jobs() {
        return list("/api/v1/jobs?", PAGE);
    }

    /**
     * The first entries of a paged list: {@code {items, total}}.
     *
     * @param path ends with {@code ?} or {@code &}.
     */
    public ObjectNode list(final String path, final int limit) {
        final ObjectNode list = JsonHttp.JSON.createObjectNode();
        final ArrayNode items = list.putArray("items");
        JsonNode page;
        do {
            page = http.get(path + "size=" + PAGE + "&page=" + items.size() / PAGE);
            page.path("items").forEach(item -> {
                if (items.size() < limit) {
                    items.add(item);
                }
            });
        } while (page.path("items").size() == PAGE && items.size() < limit);
        return list.put("total", page.path("total").asLong());
    }

    public JsonNode vms() {
        return http.get("/api/v1/vms");
    }

    public JsonNode job(final String id) {
        return http.get(path(id));
    }

    /** Hears the job until it has ended. */
    public JobEvents events(final String id) {
        return new JobEvents(http, path(id), PATIENCE);
    }

    private static String path(final String id) {
        return "/api/v1/jobs/" + encoded(id);
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What the job's driver printed; empty before it has started. */
    public String log(final String id) {
        final ByteArrayOutputStream log = new ByteArrayOutputStream();
        int got;
        do {
            final byte[] slice = http.getBytes(path(id) + "/log?limit=" + LOG_SLICE_BYTES + "&offset=" + log.size());
            log.writeBytes(slice);
            got = slice.length;
        } while (got == LOG_SLICE_BYTES);
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Ends a job that waits or runs. */
    public JsonNode kill(final String id) {
        return http.delete(path(id));
    }
}
