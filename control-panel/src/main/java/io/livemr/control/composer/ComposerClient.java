package io.livemr.control.composer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.settings.ComposerSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks one composer, docs/protocol.md section 4. Safe for many threads; each call takes at most the request limit. */
public final class ComposerClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    /** Somebody looks on and waits. */
    private static final Duration GLANCE_LIMIT = Duration.ofSeconds(2);

    private final ComposerSettings settings;
    private final ObjectMapper json;
    private final Reach reach = new Reach();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).version(HttpClient.Version.HTTP_1_1).build();

    public ComposerClient(final ComposerSettings settings, final ObjectMapper json) {
        this.settings = settings;
        this.json = json;
    }

    public ComposerSettings settings() {
        return settings;
    }

    /** Its address, which is also its name here. */
    public String url() {
        return settings.url().toString();
    }

    public List<Vm> vms() throws ComposerException, ComposerUnreachableException {
        return List.of(read(send("GET", "/v1/vms", null), Vm[].class));
    }

    /** Asks for a file; the same requester, machine and path give the same file again. */
    public ComposedFile compose(final String requester, final String vm, final String path, final Long ttlSeconds)
            throws ComposerException, ComposerUnreachableException {
        final Map<String, Object> body = new LinkedHashMap<>();
        body.put("requester", requester);
        body.put("sources", List.of(Map.of("vm", vm, "path", path)));
        if (ttlSeconds != null) {
            body.put("ttlSeconds", ttlSeconds);
        }
        return read(send("POST", "/v1/files", body), ComposedFile.class);
    }

    /** A file by its name; nothing when the composer has none of that name. */
    public Optional<ComposedFile> file(final String name) throws ComposerException, ComposerUnreachableException {
        try {
            return Optional.of(read(send("GET", "/v1/files/" + name, null), ComposedFile.class));
        } catch (final ComposerException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public List<ComposedFile> files() throws ComposerException, ComposerUnreachableException {
        return List.of(read(send("GET", "/v1/files", null), ComposedFile[].class));
    }

    /** Some of its files, in the order of their names. */
    Part<ComposedFile> files(final long offset, final long limit) throws ComposerException, ComposerUnreachableException {
        return part("/v1/files", offset, limit, ComposedFile[].class);
    }

    /** Those of these names that it has; does not wait for long. */
    public List<ComposedFile> filesNamed(final List<String> names) throws ComposerException, ComposerUnreachableException {
        final Duration limit = settings.requestLimit().compareTo(GLANCE_LIMIT) < 0 ? settings.requestLimit() : GLANCE_LIMIT;
        return List.of(read(send("GET", "/v1/files?name=" + String.join("&name=", names), null, limit), ComposedFile[].class));
    }

    /** Files of a machine that a pattern means, as far as the requester may know. */
    public Listing list(final String vm, final String pattern, final String requester) throws ComposerException, ComposerUnreachableException {
        return read(send("GET", "/v1/vms/" + encoded(vm) + "/files?requester=" + encoded(requester) + "&pattern=" + encoded(pattern), null), Listing.class);
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Some of its grants, in the order of their files' names. */
    Part<Grant> grants(final long offset, final long limit) throws ComposerException, ComposerUnreachableException {
        return part("/v1/grants", offset, limit, Grant[].class);
    }

    private <T> Part<T> part(final String path, final long offset, final long limit, final Class<T[]> type)
            throws ComposerException, ComposerUnreachableException {
        final HttpResponse<byte[]> answer = send("GET", path + "?offset=" + offset + "&limit=" + limit, null);
        final long total = answer.headers().firstValueAsLong("X-Total-Count").orElseThrow(() -> new ComposerException(502, "composer_unclear",
            "composer=" + url() + " does not say how long its list is; it must be of this panel's version"));
        return new Part<>(List.of(read(answer, type)), total);
    }

    HostReport host() throws ComposerException, ComposerUnreachableException {
        return read(send("GET", "/v1/host", null), HostReport.class);
    }

    /** Whether it answered when it was last asked. */
    Reach.Seen reach() {
        return reach.seen();
    }

    /** The file that {@link #compose} with the same words would give. */
    public Optional<ComposedFile> find(final String requester, final String vm, final String path)
            throws ComposerException, ComposerUnreachableException {
        return files().stream().filter(file -> file.isOf(requester, vm, path)).findFirst();
    }

    /** Lets go of a file; one that is not there is no error. */
    public void delete(final String name) throws ComposerException, ComposerUnreachableException {
        try {
            send("DELETE", "/v1/files/" + name, null);
        } catch (final ComposerException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /** Whether it says that it is up. */
    public void health() throws ComposerException, ComposerUnreachableException {
        send("GET", "/health", null);
    }

    HttpRequest.Builder request(final String path) throws ComposerUnreachableException {
        return HttpRequest.newBuilder(settings.url().resolve(path)).header("Authorization", "Bearer " + token());
    }

    HttpClient http() {
        return http;
    }

    private HttpResponse<byte[]> send(final String method, final String path, final Object body)
            throws ComposerException, ComposerUnreachableException {
        return send(method, path, body, settings.requestLimit());
    }

    private HttpResponse<byte[]> send(final String method, final String path, final Object body, final Duration limit)
            throws ComposerException, ComposerUnreachableException {
        try {
            final HttpRequest request = request(path).timeout(limit)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build();
            final HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            reach.is(true);
            return accepted(answer);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (final IOException e) {
            reach.is(false);
            throw unreachable(e);
        }
    }

    private ComposerUnreachableException unreachable(final Exception e) {
        return new ComposerUnreachableException("composer=" + url() + " gives no answer: " + e, e);
    }

    private String token() throws ComposerUnreachableException {
        try {
            return Files.readString(settings.tokenFile()).strip();
        } catch (final IOException e) {
            throw new ComposerUnreachableException("tokenFile=" + settings.tokenFile() + " of composer=" + url()
                + " cannot be read; the composer makes it at its first start", e);
        }
    }

    private HttpResponse<byte[]> accepted(final HttpResponse<byte[]> response) throws ComposerException {
        if (response.statusCode() < 300) {
            return response;
        }
        final JsonNode problem = problem(response.body());
        final String reason = problem.path("reason").asText("composer_refused");
        throw new ComposerException(response.statusCode(), reason,
            problem.path("detail").asText("composer=" + url() + " answered status=" + response.statusCode()));
    }

    private JsonNode problem(final byte[] body) {
        try {
            final JsonNode read = json.readTree(body);
            return read == null ? json.createObjectNode() : read;
        } catch (final IOException e) {
            return json.createObjectNode();
        }
    }

    private <T> T read(final HttpResponse<byte[]> response, final Class<T> type) throws ComposerException {
        try {
            return json.readValue(response.body(), type);
        } catch (final JsonProcessingException e) {
            throw new ComposerException(502, "composer_unclear", "composer=" + url() + " sent what is no " + type.getSimpleName());
        } catch (final IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }
}
