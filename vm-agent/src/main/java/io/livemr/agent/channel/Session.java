package io.livemr.agent.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/**
 * One conversation with a composer, from its {@code hello} until the host is gone, another {@code hello} comes, or the
 * agent falls silent on purpose.
 *
 * <p>Numbers its lines without gaps, in the order in which they go out. Safe for several threads.
 */
public final class Session {

    private final Outbox outbox;
    private final long leaseMillis;
    private volatile long epoch;
    private volatile boolean open = true;
    private volatile Long composerClock;
    private long sequence;

    Session(final Outbox outbox, final long epoch, final long leaseMillis) {
        this.outbox = outbox;
        this.epoch = epoch;
        this.leaseMillis = leaseMillis;
    }

    /**
     * Sends a line that is made once its sequence number is known. Waits while the composer does not read, at most
     * {@code leaseMillis}; then the session is over.
     *
     * @return the line's sequence number, or 0 if the session is over.
     */
    public synchronized long send(final LongFunction<ObjectNode> line) {
        if (!open) {
            return 0;
        }
        final long number = sequence + 1;
        if (!outbox.put(this, bytes(line.apply(number).put("sequence", number)))) {
            drop();
            return 0;
        }
        sequence = number;
        return number;
    }

    public long send(final ObjectNode line) {
        return send(number -> line);
    }

    /** Nothing is sent any more, heartbeats included: the composer's lease runs out. */
    public void drop() {
        open = false;
    }

    public boolean isOpen() {
        return open;
    }

    public long epoch() {
        return epoch;
    }

    public void raiseEpoch(final long to) {
        epoch = to;
    }

    public long leaseMillis() {
        return leaseMillis;
    }

    void heard(final long at) {
        composerClock = at;
    }

    void sendHeartbeat() {
        final ObjectNode line = Lines.of("heartbeat");
        final Long at = composerClock;
        send(at == null ? line : line.put("at", at.longValue()));
    }

    private static byte[] bytes(final ObjectNode line) {
        try {
            return (Lines.JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("a tree always has text", e);
        }
    }
}
