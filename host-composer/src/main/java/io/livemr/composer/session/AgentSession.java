package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One conversation with one agent, from {@code hello} to the end of the channel: docs/protocol.md, section 1. What is said in it
 * is the {@link AgentInbox}'s.
 *
 * <p>{@link #run} belongs to the VM's thread, {@link #send} and {@link #end} to any.
 */
final class AgentSession {

    private static final int LINE_COST_BYTES = 512;
    private static final int BEATS_PER_LEASE = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final VmLink link;
    private final ByteChannel channel;
    private final SessionSettings settings;
    private final ComposerMetrics metrics;
    private final LongSupplier nanoClock;
    private final LineReader lines;
    private final TokenBucket bucket;
    private final Outbox outbox;
    private final AgentInbox inbox;
    private final String nonce = HexFormat.of().formatHex(random());
    private final long beganNanos;
    private volatile long helloNanos;
    private volatile long toldEpoch;
    private volatile long lastBeatNanos = -1;
    private volatile boolean answered;
    private volatile long lastHeardNanos;
    private final NavigableMap<Long, Runnable> heardBeats = new ConcurrentSkipListMap<>();

    AgentSession(
            final VmLink link, final ByteChannel channel, final SessionSettings settings, final ComposerMetrics metrics,
            final LongSupplier nanoClock) {
        this.link = link;
        this.channel = channel;
        this.settings = settings;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
        this.lines = new LineReader(channel, settings.lineLimitBytes());
        this.bucket = new TokenBucket(settings.bytesPerSecond(), settings.burstBytes(), nanoClock);
        this.inbox = new AgentInbox(link, this, metrics);
        this.outbox = new Outbox(
                channel, settings.outgoingLines(), settings.leaseMillis() / BEATS_PER_LEASE, this::heartbeat);
    }

    private static byte[] random() {
        final byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    boolean answered() {
        return answered;
    }

    /** Talks until the channel ends, which is always an exception. */
    void run(final long epoch) throws IOException {
        helloNanos = nanoClock.getAsLong();
        toldEpoch = epoch;
        lastHeardNanos = helloNanos;
        send(AgentMessages.message("hello").put("version", AgentMessages.VERSION).put("nonce", nonce)
                .put("epoch", epoch).put("leaseMillis", settings.leaseMillis()));
        final Thread writer = new Thread(outbox, Thread.currentThread().getName() + "-out");
        writer.setDaemon(true);
        writer.start();
        try {
            while (true) {
                next();
            }
        } finally {
            end();
            writer.interrupt();
        }
    }

    // ---- out

    /** Never blocks; ends the session if the guest does not read. */
    void send(final ObjectNode message) {
        requireRoom(outbox.offer(AgentMessages.line(message)));
    }

    /**
     * Has something done when the agent has taken in all that was sent before: a heartbeat is written behind that, and the agent, which takes line
     * after line, says which one was its newest. Never done if the session ends before.
     */
    void whenTakenIn(final Runnable then) {
        requireRoom(outbox.offer(() -> {
            final byte[] beat = heartbeat();
            if (beat != null) {
                heardBeats.put(lastBeatNanos, then);
            }
            return beat;
        }));
    }

    private void requireRoom(final boolean hasRoom) {
        if (!hasRoom) {
            metrics.rejected(link.name(), "guest_does_not_read");
            end();
        }
    }

    void sendResync(final long epoch, final String reason) {
        if (answered) {
            toldEpoch = epoch;
            send(AgentMessages.message("resync").put("epoch", epoch).put("reason", reason));
        }
    }

    void catchUp(final long epoch) {
        if (epoch != toldEpoch) {
            sendResync(epoch, "changed_meanwhile");
        }
    }

    void end() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** On the writing thread, just before it writes. Null while there is no one to tell. */
    private byte[] heartbeat() {
        final long silentMillis = TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - lastHeardNanos);
        if (silentMillis > (answered ? 2 * settings.leaseMillis() : settings.helloMillis())) {
            end();
            return null;
        }
        if (!answered) {
            return null;
        }
        // No two are the same, so that an answer tells which one it is; in nanoseconds, so that none is ahead of its time: the lease counts from it.
        lastBeatNanos = Math.max(lastBeatNanos + 1, nanoClock.getAsLong() - beganNanos);
        return AgentMessages.line(AgentMessages.message("heartbeat").put("at", lastBeatNanos));
    }

    // ---- in

    private void next() throws IOException {
        final ByteBuffer line = lines.next();
        throttle(line == null ? settings.lineLimitBytes() : line.remaining());
        try {
            if (line == null) {
                throw new RejectedRecordException(Reason.LINE_TOO_LONG, "limitBytes=" + settings.lineLimitBytes());
            }
            final JsonNode message = AgentMessages.parse(line);
            if (answered) {
                lastHeardNanos = nanoClock.getAsLong();
                inbox.take(message);
            } else {
                awaitHello(message);
            }
        } catch (final RejectedRecordException e) {
            // Before the hello, the port still holds what was meant for others.
            if (answered) {
                inbox.rejected(e);
            }
        }
        link.resyncIfDue();
    }

    private void throttle(final int bytes) {
        final long waitNanos = bucket.takeNanos(Math.max(bytes, LINE_COST_BYTES));
        if (waitNanos > 0) {
            metrics.rejected(link.name(), Reason.RATE_LIMITED.tag());
            LockSupport.parkNanos(waitNanos);
        }
    }

    private void awaitHello(final JsonNode message) throws RejectedRecordException {
        if (!"hello".equals(message.path("type").asText()) || !nonce.equals(message.path("nonce").asText())) {
            return;
        }
        if (AgentMessages.number(message, "version") != AgentMessages.VERSION) {
            metrics.rejected(link.name(), Reason.BAD_VERSION.tag());
            end();
            return;
        }
        inbox.expectAfter(AgentMessages.number(message, "sequence"));
        answered = true;
        heard(helloNanos);
        link.sessionReady(this);
    }

    void heartbeat(final JsonNode message) throws RejectedRecordException {
        if (message.has("at")) {
            // A guest can only repeat what was written: a time to come would be a lease that does not end.
            final long at = Math.min(AgentMessages.number(message, "at"), lastBeatNanos);
            if (at >= 0) {
                heard(beganNanos + at);
                takenIn(at);
            }
        }
    }

    private void takenIn(final long at) {
        while (!heardBeats.isEmpty() && heardBeats.firstKey() <= at) {
            heardBeats.pollFirstEntry().getValue().run();
        }
    }

    private void heard(final long writtenNanos) {
        link.lease().renewUntil(writtenNanos + TimeUnit.MILLISECONDS.toNanos(settings.leaseMillis()));
    }

}
