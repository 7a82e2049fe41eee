package io.livemr.composer.qemu;

import io.livemr.composer.grant.GrantTable;
import io.livemr.composer.image.QemuGuard;
import io.livemr.composer.image.SharedPage;
import io.livemr.composer.metrics.ComposerMetrics;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Operation;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection to one QEMU, from its first frame to its end: docs/protocol.md, section 9.
 *
 * <p>A frame is QEMU's word: one that is wrong ends the connection, and with it all maps that came through it. A record inside is the guest's
 * word, checked by QEMU for its form and here for all else: one that does not count is counted, and the connection goes on.
 *
 * <p>A frame's number of revocations is told to the guard when all of the frame is in force, never before. For one thread.
 */
public final class MapSession {

    private final MapOwner owner;
    private final GrantTable grants;
    private final QemuGuard guard;
    private final SharedPage page;
    private final ComposerMetrics metrics;
    private final FrameReader frames;
    private final Map<Integer, String> qemuIds = new HashMap<>();
    private long revocations;

    /** @param page opened before the connection was made. */
    public MapSession(
            final MapOwner owner, final QemuGuard guard, final SharedPage page, final ReadableByteChannel channel,
            final ComposerMetrics metrics) {
        this.owner = owner;
        this.grants = owner.grants();
        this.guard = guard;
        this.page = page;
        this.metrics = metrics;
        this.frames = new FrameReader(channel);
    }

    /** Whether QEMU has said anything. */
    public boolean answered() {
        return !qemuIds.isEmpty();
    }

    /** Listens until the connection ends, or fails between two frames and may be listened to again: always an exception. */
    public void run() throws IOException, RejectedRecordException {
        while (true) {
            take(frames.next());
        }
    }

    private void take(final Frame frame) throws IOException, RejectedRecordException {
        metrics.mapFrame(owner.name(), frame.type().tag());
        if (Long.compareUnsigned(frame.revocations(), revocations) < 0) {
            throw new RejectedRecordException(Reason.MALFORMED, "revocations fell: was=" + revocations + " now=" + frame.revocations());
        }
        revocations = frame.revocations();
        switch (frame.type()) {
            case DISK -> disk(frame);
            case RECORDS -> records(frame);
            case LOST -> lost(frame);
        }
        if (!guard.takenIn(revocations)) {
            throw new IOException("the domain was said to be gone meanwhile");
        }
    }

    private void disk(final Frame frame) throws IOException, RejectedRecordException {
        if (!answered()) {
            begin();
        }
        final String id = id(frame);
        final String known = qemuIds.putIfAbsent(frame.disk(), id);
        if (known != null && !known.equals(id)) {
            throw new RejectedRecordException(Reason.MALFORMED, "disk=" + frame.disk() + " was " + known + " and is " + id);
        }
    }

    private static String id(final Frame frame) throws RejectedRecordException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(frame.payload()).toString();
        } catch (final CharacterCodingException e) {
            throw new RejectedRecordException(Reason.MALFORMED, "id of disk=" + frame.disk() + " is not UTF-8");
        }
    }

    /**
     * QEMU speaks, so it has started, its page is made, and what the guest says from now on arrives here. If the page is the one of before
     * we connected, it is this QEMU's.
     */
    private void begin() throws IOException {
        if (!page.isCurrent()) {
            throw new IOException("QEMU was started meanwhile");
        }
        guard.begin(page);
        metrics.mapChannelConnected(owner.name(), true);
        if (grants.distrustDisks()) {
            owner.wantResync("map_channel");
        }
    }

    private void records(final Frame frame) throws RejectedRecordException {
        final String target = target(frame);
        final ByteBuffer records = frame.payload();
        while (records.hasRemaining()) {
            final MapRecord record = MapRecordCodec.decode(records, GrantTable.ANY_DISK);
            if (record.operation() == Operation.VOID) {
                resyncIf(grants.voided(target, record.fsUuid()), "void");
            } else {
                accept(record, target);
            }
        }
    }

    private void accept(final MapRecord record, final String target) {
        try {
            if (target == null && record.operation() != Operation.REVOKE) {
                throw new RejectedRecordException(Reason.UNKNOWN_DISK, "records of a disk that the domain's definition does not have");
            }
            grants.acceptFromDisk(record, target);
        } catch (final RejectedRecordException e) {
            metrics.rejected(owner.name(), e.reason().tag(), e.getMessage());
            resyncIf(e.reason().leavesMapsInDoubt(), e.reason().tag());
        } catch (final IOException e) {
            metrics.rejected(owner.name(), "image_error", e.getMessage());
            owner.wantResync("image_error");
        }
    }

    private void lost(final Frame frame) throws RejectedRecordException {
        resyncIf(grants.recordsLost(target(frame)), "records_lost");
    }

    private void resyncIf(final boolean isNeeded, final String reason) {
        if (isNeeded) {
            owner.wantResync(reason);
        }
    }

    /** Null for a disk that the definition does not have: what takes maps back is then about any disk. */
    private String target(final Frame frame) throws RejectedRecordException {
        final String qemuId = qemuIds.get(frame.disk());
        if (qemuId == null) {
            throw new RejectedRecordException(Reason.UNKNOWN_DISK, "frame of disk=" + frame.disk() + " that was not named");
        }
        return owner.diskTarget(qemuId);
    }
}
