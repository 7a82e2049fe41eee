package io.livemr.control.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of a job's events; each is kept as {@code {id, event, data}}. */
public final class Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> stream;
    private ObjectNode event = JSON.createObjectNode();

    private Listener(final HttpRequest request) {
        stream = HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofLines())
            .thenAcceptAsync(answer -> answer.body().forEach(this::take), Listener::runAside);
    }

    private static void runAside(final Runnable reading) {
        final Thread thread = new Thread(reading, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param lastEventId null to hear all. */
    public static Listener of(final Panel panel, final String jobId, final String lastEventId) throws IOException {
        final HttpRequest.Builder request = panel.request("/api/v1/jobs/" + jobId + "/events").header("Accept", "text/event-stream");
        return new Listener((lastEventId == null ? request : request.header("Last-Event-ID", lastEventId)).build());
    }

    public List<JsonNode> events() {
        return events;
    }

    public JsonNode last() {
        return events.get(events.size() - 1);
    }

    public String log() {
        return data("log").map(data -> data.path("text").asText()).collect(Collectors.joining());
    }

    public List<String> states() {
        return data("state").map(data -> data.path("state").asText()).toList();
    }

    public boolean hasEnded() {
        return stream.isDone();
    }

    private Stream<JsonNode> data(final String name) {
        return events.stream().filter(one -> one.path("event").asText().equals(name)).map(one -> one.path("data"));
    }

    private void take(final String line) {
        final String[] field = line.split(": ", 2);
        if (line.isEmpty() && event.has("event")) {
            events.add(event);
            event = JSON.createObjectNode();
        } else if (field.length == 2) {
            event.set(field[0], field[0].equals("data") ? read(field[1]) : event.textNode(field[1]));
        }
    }

    private static JsonNode read(final String data) {
        try {
            return JSON.readTree(data);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
