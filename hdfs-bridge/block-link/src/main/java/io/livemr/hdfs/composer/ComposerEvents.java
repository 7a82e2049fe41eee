package io.livemr.hdfs.composer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the composer for as long as it lives: one daemon thread that connects, tells a {@link Listener} of each
 * event in order, and connects again, waiting 100 ms to 5 s in between. The listener must not block.
 */
public final class ComposerEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ComposerEvents.class);
    private static final long SHORTEST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    /** Told of events on the thread that reads them. */
    public interface Listener {

        /** A stream has begun; events may have been missed. The composer now tells state and length of each file. */
        void connected();

        void grew(String name, long lengthBytes);

        void state(String name, String state, String reason);

        void removed(String name);
    }

    private final ComposerClient composer;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Stream<String> lines;

    public ComposerEvents(ComposerClient composer, Listener listener) {
        this.composer = composer;
        this.listener = listener;
        this.thread = new Thread(this::listenUntilClosed, "livemr-composer-events");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void listenUntilClosed() {
        long waitMillis = SHORTEST_WAIT_MILLIS;
        while (!closed) {
            final long start = System.nanoTime();
            try {
                listen();
            } catch (IOException | RuntimeException e) {
                LOG.info("no events from the composer: {}; again in {} ms", e.getMessage(), waitMillis);
            }
            final boolean lasted = System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
            waitMillis = lasted ? SHORTEST_WAIT_MILLIS : Math.min(2 * waitMillis, LONGEST_WAIT_MILLIS);
            pause(waitMillis);
        }
    }

    private void listen() throws IOException {
        try (Stream<String> stream = composer.eventLines()) {
            lines = stream;
            listener.connected();
            String type = "";
            for (final Iterator<String> each = stream.iterator(); !closed && each.hasNext();) {
                final String line = each.next();
                if (line.startsWith("event:")) {
                    type = line.substring("event:".length()).trim();
                } else if (line.startsWith("data:")) {
                    tell(type, composer.parse(line.substring("data:".length()).trim()));
                }
            }
        }
    }

    private void tell(String type, JsonNode event) {
        final String name = event.path("name").asText();
        switch (type) {
            case "grew" -> listener.grew(name, event.path("lengthBytes").asLong());
            case "state" -> listener.state(name, event.path("state").asText(), event.path("reason").asText(""));
            case "removed" -> listener.removed(name);
            default -> LOG.debug("an event of a type this version does not know: {}", type);
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        final Stream<String> open = lines;
        if (open != null) {
            open.close();
        }
    }
}
