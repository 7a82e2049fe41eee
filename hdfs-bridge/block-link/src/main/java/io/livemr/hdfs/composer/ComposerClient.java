package io.livemr.hdfs.composer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The composer's REST calls. Safe to share between threads. */
public final class ComposerClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private record NewFile(String requester, List<GuestFile> sources) {
    }

    private final ComposerAddress address;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    public ComposerClient(ComposerAddress address) {
        this.address = address;
    }

    /** Asks for one file over these guest files, in this order; the same question gives the same file again. */
    public ComposedFile compose(String requester, List<GuestFile> sources) throws IOException {
        final byte[] body = json.writeValueAsBytes(new NewFile(requester, sources));
        return json.readValue(send(request("/v1/files", TIMEOUT).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))), ComposedFile.class);
    }

    public ComposedFile file(String name) throws IOException {
        return file(name, TIMEOUT);
    }

    public ComposedFile file(String name, Duration timeout) throws IOException {
        return json.readValue(send(request("/v1/files/" + name, timeout).GET()), ComposedFile.class);
    }

    public List<ComposedFile> files() throws IOException {
        return List.of(json.readValue(send(request("/v1/files", TIMEOUT).GET()), ComposedFile[].class));
    }

    /** The event stream's lines; ends, or throws UncheckedIOException, when the connection does. */
    Stream<String> eventLines() throws IOException {
        final HttpRequest request = request("/v1/events", TIMEOUT).header("Accept", "text/event-stream").GET().build();
        final HttpResponse<Stream<String>> response = answerTo(request, HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            try (Stream<String> lines = response.body()) {
                throw refusal(response.statusCode(), String.join("\n", lines.limit(100).toList()));
            }
        }
        return response.body();
    }

    JsonNode parse(String text) throws JsonProcessingException {
        return json.readTree(text);
    }

    private HttpRequest.Builder request(String path, Duration timeout) throws IOException {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(timeout)
            .header("Authorization", "Bearer " + address.token());
    }

    private String send(HttpRequest.Builder request) throws IOException {
        final HttpResponse<String> response = answerTo(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body();
    }

    private <T> HttpResponse<T> answerTo(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw new IOException("no composer answers at " + request.uri() + "; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking the composer");
        }
    }

    private ComposerException refusal(int status, String body) {
        try {
            final JsonNode problem = json.readTree(body);
            return new ComposerException(status, problem.path("reason").asText(""),
                problem.path("detail").asText(problem.path("title").asText(body)));
        } catch (JsonProcessingException e) {
            return new ComposerException(status, "", body);
        }
    }
}
