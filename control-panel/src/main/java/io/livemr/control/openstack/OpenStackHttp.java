package io.livemr.control.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** JSON from a service of OpenStack, or an error that names the service and says what it did. Never an empty answer for a missing one. */
final class OpenStackHttp {

    private final ObjectMapper json;
    private final Duration limit;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();

    OpenStackHttp(final ObjectMapper json, final Duration limit) {
        this.json = json;
        this.limit = limit;
    }

    /** What a service said. */
    record Answer(HttpResponse<byte[]> response, JsonNode body) {

        String header(final String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    ObjectMapper json() {
        return json;
    }

    HttpRequest.Builder request(final String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json");
    }

    Answer send(final HttpRequest request) throws OpenStackException {
        final HttpResponse<byte[]> response = answered(request);
        final int status = response.statusCode();
        if (status / 100 != 2) {
            throw new OpenStackException(status, reason(status), where(request) + " answered status=" + status);
        }
        return new Answer(response, parsed(request, response));
    }

    /**
     * The limit holds for the body, too: a service may fall silent in the middle of it. What breaks off is asked once more, since it may have gone
     * over a connection that the service had just closed; to log in twice does no harm.
     */
    private HttpResponse<byte[]> answered(final HttpRequest request) throws OpenStackException {
        final CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, BodyHandlers.ofByteArray())
            .exceptionallyCompose(broken -> http.sendAsync(request, BodyHandlers.ofByteArray()));
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            throw silent(request, "livemr.openstack.request-limit=" + limit + " is over");
        } catch (final ExecutionException e) {
            throw silent(request, String.valueOf(e.getCause()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(request, "the panel is going down");
        } finally {
            asked.cancel(true);
        }
    }

    private JsonNode parsed(final HttpRequest request, final HttpResponse<byte[]> response) throws OpenStackException {
        try {
            final JsonNode body = json.readTree(response.body());
            if (body.isObject()) {
                return body;
            }
        } catch (final IOException e) {
            throw unclear(where(request) + " sent what is no JSON");
        }
        throw unclear(where(request) + " sent no object");
    }

    static OpenStackException unclear(final String message) {
        return new OpenStackException(0, "openstack_unclear", message);
    }

    private static OpenStackException silent(final HttpRequest request, final String why) {
        return new OpenStackException(0, "openstack_unreachable", where(request) + " gives no answer: " + why);
    }

    private static String where(final HttpRequest request) {
        return "service=" + request.uri().getScheme() + "://" + request.uri().getAuthority() + request.uri().getPath();
    }

    private static String reason(final int status) {
        return switch (status) {
            case 401 -> "openstack_unauthorized";
            case 403 -> "openstack_forbidden";
            case 404 -> "openstack_not_found";
            case 413, 429 -> "openstack_busy";
            default -> "openstack_failed";
        };
    }
}
