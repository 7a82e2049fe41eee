package io.livemr.composer.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.grant.MapWay;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What an agent says in one session: docs/protocol.md, section 1.
 *
 * <p>Everything read here is the guest's word. A line that is wrong is counted and dropped; one that may have carried a map makes the
 * VM's files stale and asks for all of them again. For the session's thread.
 */
final class AgentInbox {

    private static final int RECORDS_PER_LINE = 1_024;
    /** A guest may say any number; one that overflows the calendar is none. */
    private static final long LONGEST_GRANT_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    private final VmLink link;
    private final AgentSession session;
    private final ComposerMetrics metrics;
    private long nextSequence;

    AgentInbox(final VmLink link, final AgentSession session, final ComposerMetrics metrics) {
        this.link = link;
        this.session = session;
        this.metrics = metrics;
    }

    void expectAfter(final long sequence) {
        nextSequence = sequence + 1;
    }

    /** A line of this session, after the hello. */
    void take(final JsonNode message) throws RejectedRecordException {
        final long sequence = AgentMessages.number(message, "sequence");
        if (sequence != nextSequence) {
            rejected(new RejectedRecordException(Reason.SEQUENCE_GAP, "expected=" + nextSequence + " got=" + sequence));
        }
        nextSequence = sequence + 1;
        switch (AgentMessages.text(message, "type")) {
            case "heartbeat" -> session.heartbeat(message);
            case "pending" -> link.observer().pending(
                    link.uuid(), AgentMessages.text(message, "id"), AgentMessages.optionalText(message, "owner"));
            case "granted" -> granted(message, sequence);
            case "denied" -> denied(message);
            case "listed" -> link.listings().listed(message);
            case "extents" -> extents(message, sequence);
            case "revoked" -> revoked(message, sequence);
            case "hello", "status" -> { }
            default -> throw new RejectedRecordException(Reason.UNKNOWN_TYPE, "type is none of ours");
        }
    }

    private void denied(final JsonNode message) throws RejectedRecordException {
        if (!link.listings().denied(message)) {
            link.observer().denied(link.uuid(), AgentMessages.text(message, "id"), AgentMessages.reason(message),
                    AgentMessages.optionalText(message, "message"));
        }
    }

    private void granted(final JsonNode message, final long sequence) throws RejectedRecordException {
        FailPoint.COMPOSE_GRANTED.pass();
        final FileId id = AgentMessages.file(message);
        final String requestId = AgentMessages.optionalText(message, "id");
        try {
            final String target = link.findDisk(message.path("disk"));
            final GrantedFile file = link.grants().grant(id, target, way(message));
            if (requestId != null) {
                link.observer().granted(link.uuid(), requestId, file, consent(message));
            }
        } catch (final RejectedRecordException e) {
            if (requestId != null) {
                link.observer().denied(link.uuid(), requestId, e.reason().tag(), e.getMessage());
            }
            metrics.rejected(link.name(), e.reason().tag(), e.getMessage());
        }
        ack(sequence);
    }

    private static AgentObserver.Consent consent(final JsonNode message) throws RejectedRecordException {
        return new AgentObserver.Consent(AgentMessages.optionalText(message, "owner"), AgentMessages.optionalText(message, "by"),
                message.has("expiresInMillis") ? Math.min(AgentMessages.number(message, "expiresInMillis"), LONGEST_GRANT_MILLIS) : 0);
    }

    private static MapWay way(final JsonNode message) throws RejectedRecordException {
        final MapWay way = MapWay.of(AgentMessages.optionalText(message, "maps"));
        if (way == null) {
            throw new RejectedRecordException(Reason.MALFORMED, "maps is neither channel nor disk");
        }
        return way;
    }

    private void extents(final JsonNode message, final long sequence) throws RejectedRecordException {
        FailPoint.GROW_RECEIVED.pass();
        final long began = System.nanoTime();
        final ByteBuffer records = ByteBuffer.wrap(decode(AgentMessages.text(message, "records")));
        if (records.remaining() > RECORDS_PER_LINE * MapRecordCodec.RECORD_BYTES) {
            throw new RejectedRecordException(Reason.MALFORMED, "recordBytes=" + records.remaining());
        }
        while (records.hasRemaining()) {
            accept(records, sequence);
        }
        metrics.mapLine(System.nanoTime() - began);
        FailPoint.GROW_TOLD.pass();
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
            link.wish("image_error");
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
        FailPoint.REVOKE_RECEIVED.pass();
        final FileId id = AgentMessages.file(message);
        final String requester = AgentMessages.optionalText(message, "requester");
        final String reason = AgentMessages.reason(message);
        if (requester == null) {
            link.grants().revoke(id, reason);
        } else {
            final Optional<GrantedFile> file = link.grants().find(id);
            file.ifPresent(found -> link.observer().revoked(link.uuid(), found, requester, reason));
        }
        FailPoint.REVOKE_STORED.pass();
        ack(sequence);
    }

    private void ack(final long sequence) {
        session.send(AgentMessages.message("ack").put("sequence", sequence));
    }

    /** Counts what was wrong, and asks for what it may have cost. */
    void rejected(final RejectedRecordException cause) {
        metrics.rejected(link.name(), cause.reason().tag(), cause.getMessage());
        if (cause.reason().leavesMapsInDoubt()) {
            link.wish(cause.reason().tag());
        }
        if (cause.reason() == Reason.SEQUENCE_GAP || cause.reason() == Reason.MALFORMED || cause.reason() == Reason.LINE_TOO_LONG) {
            link.fence(cause.reason().tag());
        }
    }
}
