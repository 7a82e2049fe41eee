package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls one composer; docs/protocol.md, section 4. Answers are its JSON as it came. Safe to share between threads. */
public final class ComposerClient {
    private final JsonHttp http;

    public ComposerClient(final URI url, final Path tokenFile) {
        this(url, tokenFile, Connections.local());
    }

    public ComposerClient(final URI url, final Path tokenFile, final HttpClient connections) {
        this.http = new JsonHttp("host-composer", url, Credentials.tokenFile(tokenFile), connections);
    }

    /** A file of a VM, named as the user does. */
    public record Source(String vm, String path) {
    }

    public Optional<String> problem() {
        return http.problemOf("/health");
    }

    public JsonNode vms() {
        return http.get("/v1/vms");
    }

    public JsonNode compose(final String requester, final List<Source> sources) {
        return http.post("/v1/files", Map.of("requester", requester, "sources", sources));
    }

    /** As {@link #compose(String, List)}; the grant ends after {@code ttl}. */
    public JsonNode compose(final String requester, final List<Source> sources, final Duration ttl) {
        return http.post("/v1/files", Map.of("requester", requester, "sources", sources, "ttlSeconds", ttl.toSeconds()));
    }

    public JsonNode files() {
        return http.get("/v1/files");
    }

    public JsonNode file(final String name) {
        return http.get("/v1/files/" + name);
    }

    public JsonNode segments(final String name) {
        return http.get("/v1/files/" + name + "/segments");
    }

    public void delete(final String name) {
        http.delete("/v1/files/" + name);
    }

    public String metrics() {
        return http.getText("/metrics");
    }
}
