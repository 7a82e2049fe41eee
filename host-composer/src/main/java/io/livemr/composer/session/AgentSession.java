package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One conversation with one agent, from {@code hello} to the end of the channel: docs/protocol.md, section 1.
 *
 * <p>Everything read here is the guest's word. A line that is wrong is counted and dropped; one that may have carried a map makes the
 * VM's files stale and asks for all of them again.
 *
 * <p>{@link #run} belongs to the VM's thread, {@link #send} and {@link #end} to any.
 */
final class AgentSession {

    private static final int RECORDS_PER_LINE = 1_024;
    private static final int LINE_COST_BYTES = 256;
    private static final long RESYNC_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
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
    private final String nonce = HexFormat.of().formatHex(random());
    private final long beganNanos;
    private volatile long helloNanos;
    private volatile long toldEpoch;
    private volatile long lastBeatMillis = -1;
    private volatile boolean answered;
    private volatile long lastHeardNanos;
    private long nextSequence;
    private long lastResyncNanos;
    private String resyncWanted;

    AgentSession(
            final VmLink link, final ByteChannel channel, final SessionSettings settings, final ComposerMetrics metrics,
            final LongSupplier nanoClock) {
        this.link = link;
        this.channel = channel;
        this.settings = settings;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
        this.lastResyncNanos = beganNanos - RESYNC_PAUSE_NANOS;
        this.lines = new LineReader(channel, settings.lineLimitBytes());
        this.bucket = new TokenBucket(settings.bytesPerSecond(), settings.burstBytes(), nanoClock);
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
        if (!outbox.offer(AgentMessages.line(message))) {
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
        lastBeatMillis = TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - beganNanos);
        return AgentMessages.line(AgentMessages.message("heartbeat").put("at", lastBeatMillis));
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
                handle(message);
            } else {
                awaitHello(message);
            }
        } catch (final RejectedRecordException e) {
            // Before the hello, the port still holds what was meant for others.
            if (answered) {
                rejected(e);
            }
        }
        resyncIfWanted();
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
        nextSequence = AgentMessages.number(message, "sequence") + 1;
        answered = true;
        heard(helloNanos);
        link.sessionReady(this);
    }

    private void handle(final JsonNode message) throws RejectedRecordException {
        lastHeardNanos = nanoClock.getAsLong();
        final long sequence = AgentMessages.number(message, "sequence");
        if (sequence != nextSequence) {
            rejected(new RejectedRecordException(Reason.SEQUENCE_GAP, "expected=" + nextSequence + " got=" + sequence));
        }
        nextSequence = sequence + 1;
        switch (AgentMessages.text(message, "type")) {
            case "heartbeat" -> heartbeat(message);
            case "pending" -> link.observer().pending(
                    link.uuid(), AgentMessages.text(message, "id"), AgentMessages.optionalText(message, "owner"));
            case "granted" -> granted(message);
            case "denied" -> link.observer().denied(link.uuid(), AgentMessages.text(message, "id"),
                    AgentMessages.text(message, "reason"), AgentMessages.optionalText(message, "message"));
            case "extents" -> extents(message, sequence);
            case "revoked" -> revoked(message, sequence);
            case "hello", "status" -> { }
            default -> throw new RejectedRecordException(Reason.UNKNOWN_TYPE, "type is none of ours");
        }
    }

    private void heartbeat(final JsonNode message) throws RejectedRecordException {
        if (message.has("at")) {
            // A guest can only repeat what was written: a time to come would be a lease that does not end.
            final long at = Math.min(AgentMessages.number(message, "at"), lastBeatMillis);
            if (at >= 0) {
                heard(beganNanos + TimeUnit.MILLISECONDS.toNanos(at));
            }
        }
    }

    private void heard(final long writtenNanos) {
        link.lease().renewUntil(writtenNanos + TimeUnit.MILLISECONDS.toNanos(settings.leaseMillis()));
    }

    private void granted(final JsonNode message) throws RejectedRecordException {
        final FileId id = AgentMessages.file(message);
        final String requestId = AgentMessages.optionalText(message, "id");
        try {
            final String target = link.findDisk(message.path("disk"));
            final GrantedFile file = link.grants().grant(id, target);
            if (requestId != null) {
                link.observer().granted(link.uuid(), requestId, file,
                        AgentMessages.optionalText(message, "owner"), AgentMessages.optionalText(message, "by"));
            }
        } catch (final RejectedRecordException e) {
            if (requestId != null) {
                link.observer().denied(link.uuid(), requestId, e.reason().tag(), e.getMessage());
            }
            metrics.rejected(link.name(), e.reason().tag(), e.getMessage());
        }
    }

    private void extents(final JsonNode message, final long sequence) throws RejectedRecordException {
        final long began = System.nanoTime();
        final ByteBuffer records = ByteBuffer.wrap(decode(AgentMessages.text(message, "records")));
        if (records.remaining() > RECORDS_PER_LINE * MapRecordCodec.RECORD_BYTES) {
            throw new RejectedRecordException(Reason.MALFORMED, "recordBytes=" + records.remaining());
        }
        while (records.hasRemaining()) {
            accept(records, sequence);
        }
        metrics.mapLine(System.nanoTime() - began);
        ack(sequence);
    }

    private void accept(final ByteBuffer records, final long sequence) throws RejectedRecordException {
        try {
            link.grants().accept(records, sequence);
        } catch (final RejectedRecordException e) {
            if (records.remaining() < MapRecordCodec.RECORD_BYTES && records.hasRemaining()) {
                throw e;
            }
            rejected(e);
        } catch (final IOException e) {
            metrics.rejected(link.name(), "image_error", e.getMessage());
            resyncWanted = "image_error";
        }
    }

    private static byte[] decode(final String base64) throws RejectedRecordException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (final IllegalArgumentException e) {
            throw new RejectedRecordException(Reason.MALFORMED, "records are not base64");
        }
    }

    private void revoked(final JsonNode message, final long sequence) throws RejectedRecordException {
        final FileId id = AgentMessages.file(message);
        final String requester = AgentMessages.optionalText(message, "requester");
        final String reason = AgentMessages.text(message, "reason");
        if (requester == null) {
            link.grants().revoke(id, reason);
        } else {
            final Optional<GrantedFile> file = link.grants().find(id);
            file.ifPresent(found -> link.observer().revoked(link.uuid(), found, requester, reason));
        }
        ack(sequence);
    }

    private void ack(final long sequence) {
        send(AgentMessages.message("ack").put("sequence", sequence));
    }

    // ---- what was wrong

    private void rejected(final RejectedRecordException cause) {
        metrics.rejected(link.name(), cause.reason().tag(), cause.getMessage());
        switch (cause.reason()) {
            // Forged, or overtaken by a resync that was already asked for: nothing of ours is in doubt.
            case NOT_GRANTED, STALE_EPOCH, TOO_MANY_FILES, UNKNOWN_TYPE, UNKNOWN_DISK, UNSAFE_CACHE -> { }
            default -> resyncWanted = cause.reason().tag();
        }
        if (cause.reason() == Reason.SEQUENCE_GAP || cause.reason() == Reason.MALFORMED || cause.reason() == Reason.LINE_TOO_LONG) {
            link.fence(cause.reason().tag());
        }
    }

    /** At most one a second, so that a guest that lies on and on keeps only itself busy. */
    private void resyncIfWanted() {
        final long now = nanoClock.getAsLong();
        if (resyncWanted != null && now - lastResyncNanos >= RESYNC_PAUSE_NANOS) {
            final String reason = resyncWanted;
            resyncWanted = null;
            lastResyncNanos = now;
            sendResync(link.resyncEpoch(reason), reason);
        }
    }
}
