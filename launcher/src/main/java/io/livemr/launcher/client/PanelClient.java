package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Calls the control panel. Safe to share between threads. */
public final class PanelClient {
    private final JsonHttp http;

    public PanelClient(final URI url, final Path state) {
        this.http = new JsonHttp("control-panel", url, state.resolve("token"));
    }

    public Optional<String> problem() {
        return http.problemOf("/actuator/health");
    }

    public JsonNode job(final String id) {
        return http.get("/v1/jobs/" + id);
    }

    public JsonNode jobs() {
        return http.get("/v1/jobs");
    }
}
