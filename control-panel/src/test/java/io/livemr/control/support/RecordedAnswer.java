package io.livemr.control.support;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An answer of Debian's Keystone or Nova as {@code RecordedAnswersIT} took it down: a file of {@code openstack/recorded}, in the words of WireMock.
 *
 * @param headers those that a client may look at.
 */
public record RecordedAnswer(int status, Map<String, String> headers, JsonNode jsonBody) {

    private static final Set<String> LOOKED_AT = Set.of("content-type", "openstack-api-version", "vary", "www-authenticate", "x-subject-token");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public static RecordedAnswer of(final HttpResponse<String> answer) throws IOException {
        final Map<String, String> headers = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), String.join(", ", values)));
        headers.keySet().retainAll(LOOKED_AT);
        return new RecordedAnswer(answer.statusCode(), headers, JSON.readTree(answer.body()));
    }

    public static RecordedAnswer read(final String name) {
        try {
            return JSON.readValue(file(name).toFile(), RecordedAnswer.class);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(final String name) throws IOException {
        Files.writeString(file(name), JSON.writeValueAsString(this) + "\n");
    }

    private static Path file(final String name) {
        return Path.of("src/test/resources/openstack/recorded", name + ".json");
    }

    /** To be served once more. */
    public ResponseDefinitionBuilder served() {
        final ResponseDefinitionBuilder answer = aResponse().withStatus(status).withBody(jsonBody.toString());
        headers.forEach(answer::withHeader);
        return answer;
    }

    /** Status, headers, and each field with its type: what does not change from one recording to the next. */
    public Set<String> shape() {
        final Set<String> shape = new TreeSet<>(headers.keySet());
        shape.add("status " + status);
        add(shape, "", jsonBody);
        return shape;
    }

    private static void add(final Set<String> shape, final String path, final JsonNode node) {
        shape.add(path + " " + node.getNodeType());
        node.fields().forEachRemaining(field -> add(shape, path + "/" + field.getKey(), field.getValue()));
        if (node.isArray()) {
            node.forEach(element -> add(shape, path + "[]", element));
        }
    }
}
