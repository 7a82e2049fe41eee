package io.livemr.composer.rest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.composer.file.ComposedFiles;
import io.livemr.composer.file.FileEvents;
import io.livemr.composer.file.FileState;
import io.livemr.composer.metrics.ComposerMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One client of {@code /v1/events}: a bounded queue and the request's thread that empties it. A client that is too slow for the queue is cut off
 * and must come again, which gives it the present state of everything.
 */
final class EventStream implements FileEvents, Runnable {

    private static final long COMMENT_EVERY_MILLIS = 5_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Event END = new Event("end", Map.of(), 0);

    private record Event(String type, Map<String, Object> data, long madeNanos) {
    }

    private final OutputStream client;
    private final ComposedFiles files;
    private final ComposerMetrics metrics;
    private final BlockingQueue<Event> queue;
    private volatile boolean over;

    EventStream(final OutputStream client, final ComposedFiles files, final ComposerMetrics metrics, final int limit) {
        this.client = client;
        this.files = files;
        this.metrics = metrics;
        this.queue = new ArrayBlockingQueue<>(limit);
    }

    @Override
    public void state(final String name, final FileState state, final String reason) {
        offer("state", reason == null
                ? Map.of("name", name, "state", state.name())
                : Map.of("name", name, "state", state.name(), "reason", reason));
    }

    @Override
    public void grew(final String name, final long lengthBytes) {
        offer("grew", Map.of("name", name, "lengthBytes", lengthBytes));
    }

    @Override
    public void removed(final String name) {
        offer("removed", Map.of("name", name));
    }

    private void offer(final String type, final Map<String, Object> data) {
        if (!over && !queue.offer(new Event(type, data, System.nanoTime()))) {
            over = true;
            metrics.clientDropped();
        }
    }

    /** The server stops; the client is expected to come again. */
    void end() {
        over = true;
        queue.offer(END);
    }

    @Override
    public void run() {
        try {
            files.listen(this);
            while (!over) {
                final Event event = queue.poll(COMMENT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (event == null) {
                    // Finds out that a client is gone, and keeps proxies from thinking that we are.
                    write(": alive\n\n");
                } else if (event != END) {
                    write("event: " + event.type() + "\ndata: " + JSON.writeValueAsString(event.data()) + "\n\n");
                    metrics.eventDelivered(System.nanoTime() - event.madeNanos());
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            over = true;
        } finally {
            files.unlisten(this);
        }
    }

    private void write(final String text) throws IOException {
        client.write(text.getBytes(StandardCharsets.UTF_8));
        client.flush();
    }
}
