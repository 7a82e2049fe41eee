package io.livemr.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Hears a job's states and log until its end (docs/protocol.md, section 10). A stream that breaks is opened again behind the last event that
 * was heard, so nothing is heard twice and nothing is missed. For one thread.
 */
public final class JobEvents {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final JsonHttp http;
    private final String path;
    private final Duration patience;
    private String lastId;
    private String state = "";
    private long answeredAtNanos = System.nanoTime();

    /** @param job its path. */
    JobEvents(final JsonHttp http, final String job, final Duration patience) {
        this.http = http;
        this.path = job + "/events";
        this.patience = patience;
    }

    /** Gets each event. */
    @FunctionalInterface
    public interface Listener {
        /** @param name {@code state} or {@code log}. */
        void heard(String name, JsonNode data);
    }

    /**
     * Returns after the job's end.
     *
     * @throws ApiException when the panel refuses, or gives no answer for longer than the patience.
     */
    public void follow(final Listener listener) {
        listen(listener);
        while (!PanelClient.hasEnded(state)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            listen(listener);
        }
    }

    private void listen(final Listener listener) {
        try (EventReader events = new EventReader(lastId == null ? http.open(path) : http.open(path, "Last-Event-ID", lastId))) {
            answeredAtNanos = System.nanoTime();
            for (EventReader.Event event = events.next(); event != null; event = events.next()) {
                hear(event, listener);
                answeredAtNanos = System.nanoTime();
            }
        } catch (final IOException e) {
            giveUpIfTooLong(new ApiException("control-panel broke off and does not come back: " + e.getMessage(), e));
        } catch (final ApiException e) {
            giveUpIfTooLong(e);
        }
    }

    private void hear(final EventReader.Event event, final Listener listener) throws IOException {
        final JsonNode data = JsonHttp.JSON.readTree(event.data());
        if (event.name().equals("state")) {
            state = data.path("state").asText();
        }
        listener.heard(event.name(), data);
        lastId = event.id();
    }

    private void giveUpIfTooLong(final ApiException cause) {
        if (!cause.isPassing() || System.nanoTime() - answeredAtNanos > patience.toNanos()) {
            throw cause;
        }
    }
}
