package io.livemr.control.composer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the event stream of every composer and tells which composed file has a new state. Only a hint to look sooner: events may be lost
 * while a stream is down, and whoever listens also asks by itself now and then. One thread a composer.
 */
@Component
public class ComposerEvents implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ComposerEvents.class);
    private static final long RECONNECT_MILLIS = 2_000;

    private final Composers composers;
    private final ObjectMapper json;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Thread> threads = List.of();

    public ComposerEvents(final Composers composers, final ObjectMapper json) {
        this.composers = composers;
        this.json = json;
    }

    /** Has {@code listener} called with the name of each composed file whose state changed. */
    public void listen(final Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public void start() {
        threads = composers.all().stream().map(this::follower).toList();
        threads.forEach(Thread::start);
    }

    @Override
    public void stop() {
        threads.forEach(Thread::interrupt);
        threads = List.of();
    }

    @Override
    public boolean isRunning() {
        return !threads.isEmpty();
    }

    private Thread follower(final ComposerClient composer) {
        final Thread thread = new Thread(() -> follow(composer), "events " + composer.url());
        thread.setDaemon(true);
        return thread;
    }

    private void follow(final ComposerClient composer) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                read(composer);
                Thread.sleep(RECONNECT_MILLIS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void read(final ComposerClient composer) throws InterruptedException {
        try {
            final HttpResponse<Stream<String>> response = composer.http().send(
                composer.request("/v1/events").header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() == 200) {
                    dispatch(lines);
                }
            }
        } catch (final IOException | java.io.UncheckedIOException | ComposerUnreachableException e) {
            LOG.debug("composer={} event stream ended: {}", composer.url(), e.getMessage());
        }
    }

    /** An event's name comes in its own line before its data; {@code grew} is of no use here. */
    private void dispatch(final Stream<String> lines) {
        final var event = new Object() { private String name = ""; };
        lines.forEach(line -> {
            if (line.startsWith("event:")) {
                event.name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:") && !"grew".equals(event.name)) {
                tell(line.substring("data:".length()));
            }
        });
    }

    private void tell(final String data) {
        try {
            final String file = json.readTree(data).path("name").asText();
            listeners.forEach(listener -> listener.accept(file));
        } catch (final IOException e) {
            LOG.debug("event is not JSON: {}", e.getMessage());
        }
    }
}
