package io.livemr.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * JSON over HTTP with a secret that is read anew at each call, so that a server may make it after the client was made. Safe to share between
 * threads.
 */
public final class JsonHttp {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(30);
    private static final HttpClient LOCAL = Connections.local();

    private final String server;
    private final URI base;
    private final Credentials credentials;
    private final HttpClient connections;

    /** A server of this host. */
    public JsonHttp(final String server, final URI base, final Credentials credentials) {
        this(server, base, credentials, LOCAL);
    }

    public JsonHttp(final String server, final URI base, final Credentials credentials, final HttpClient connections) {
        this.server = server;
        this.base = base;
        this.credentials = credentials;
        this.connections = connections;
    }

    public URI base() {
        return base;
    }

    public JsonNode get(final String path) {
        return send(request(path).GET());
    }

    public JsonNode delete(final String path) {
        return send(request(path).DELETE());
    }

    public JsonNode post(final String path, final Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(toJson(body))));
    }

    /** @param headers further names and values. */
    public JsonNode post(final String path, final String contentType, final HttpRequest.BodyPublisher body, final String... headers) {
        final HttpRequest.Builder request = request(path).timeout(UPLOAD_LIMIT).header("Content-Type", contentType);
        return send((headers.length == 0 ? request : request.headers(headers)).POST(body));
    }

    public String getText(final String path) {
        return exchange(request(path).GET());
    }

    public byte[] getBytes(final String path) {
        return exchangeBytes(request(path).GET());
    }

    /** The body as it comes, of a request with further headers (names and values); the caller closes it. */
    public InputStream open(final String path, final String... headers) {
        return exchange((headers.length == 0 ? request(path) : request(path).headers(headers)).GET(), BodyHandlers.ofInputStream(), JsonHttp::allOf);
    }

    /** Asks for health: empty if the answer is 2xx, else what came instead. */
    public Optional<String> problemOf(final String path) {
        try {
            exchange(request(path).timeout(Duration.ofSeconds(2)).GET());
            return Optional.empty();
        } catch (final ApiException e) {
            return Optional.of(e.getMessage());
        }
    }

    private HttpRequest.Builder request(final String path) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        credentials.header().ifPresent(header -> request.header(header.name(), header.value()));
        return request;
    }

    private JsonNode send(final HttpRequest.Builder request) {
        final String body = exchange(request);
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (final JsonProcessingException e) {
            throw new ApiException(server + " answered something that is not JSON: " + body, e);
        }
    }

    private String exchange(final HttpRequest.Builder builder) {
        return new String(exchangeBytes(builder), StandardCharsets.UTF_8);
    }

    private byte[] exchangeBytes(final HttpRequest.Builder builder) {
        return exchange(builder, BodyHandlers.ofByteArray(), body -> body);
    }

    /** @param words what a refusal's body says. */
    private <T> T exchange(final HttpRequest.Builder builder, final BodyHandler<T> body, final Function<T, byte[]> words) {
        final HttpRequest request = builder.build();
        try {
            final HttpResponse<T> response = connections.send(request, body);
            if (response.statusCode() / 100 != 2) {
                throw refusal(request, response.statusCode(), new String(words.apply(response.body()), StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (final IOException e) {
            throw new ApiException(server + " does not answer at " + request.uri() + ": " + wordsOf(e), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(server + ": interrupted while waiting for an answer", e);
        }
    }

    private static byte[] allOf(final InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (final IOException e) {
            return wordsOf(e).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String wordsOf(final IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private ApiException refusal(final HttpRequest request, final int status, final String body) {
        final JsonNode problem = problemIn(body);
        final String reason = problem.path("reason").asText("");
        final String detail = problem.path("detail").asText(problem.path("title").asText(body));
        return new ApiException(status, reason, server + " refused " + request.method() + " " + request.uri().getPath()
            + ": status=" + status + (reason.isEmpty() ? "" : " reason=" + reason) + " " + detail);
    }

    private static JsonNode problemIn(final String body) {
        try {
            final JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (final JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String toJson(final Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + body, e);
        }
    }
}
