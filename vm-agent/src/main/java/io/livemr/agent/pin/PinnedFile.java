package io.livemr.agent.pin;

import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.FileId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A granted file in memory: what was announced of it, and how far its revocation is. For the working thread only. */
public final class PinnedFile {

    private GuestFile file;
    private GrantRecord record;
    private final int watch;

    /** What the composer knows, in which session and epoch; the session is null until it asked for the file. */
    Session wantedIn;
    final Map<String, String> askedFor = new HashMap<>();
    long announcedEpoch = -1;
    ExtentMap announced = ExtentMap.EMPTY;
    boolean announcedZeros;
    long announcedLengthBytes = -1;

    /** One snapshot at a time, and at most one update waiting behind it. */
    boolean reading;
    boolean againWhenRead;
    boolean flushScheduled;
    boolean recheckWhole;

    Session revokedIn;
    long revokedSequence;
    long revokedAtNanos;
    boolean revokeAcknowledged;
    final CompletableFuture<Void> unpinned = new CompletableFuture<>();

    PinnedFile(final GuestFile file, final GrantRecord record, final int watch) {
        this.file = file;
        this.record = record;
        this.watch = watch;
    }

    public FileId id() {
        return record.file();
    }

    public GuestFile file() {
        return file;
    }

    public GrantRecord record() {
        return record;
    }

    public boolean isRevoking() {
        return record.isRevoking();
    }

    public int announcedExtents() {
        return announced.size();
    }

    /** −1 if nothing is announced in the present session. */
    public long announcedLengthBytes() {
        return announcedLengthBytes;
    }

    int watch() {
        return watch;
    }

    void replace(final GrantRecord next) {
        record = next;
    }

    void replace(final GuestFile next) {
        file = next;
    }

    boolean needsWhole(final Session session) {
        return announcedEpoch != session.epoch();
    }

    /** The composer asked for this file in this session; it knows nothing of it yet. */
    void wantIn(final Session session) {
        if (wantedIn != session) {
            wantedIn = session;
            askedFor.clear();
            forgetAnnounced();
        }
    }

    void forgetAnnounced() {
        announcedEpoch = -1;
        announced = ExtentMap.EMPTY;
        announcedZeros = false;
        announcedLengthBytes = -1;
    }

    void announcedWhole(final Session session, final Iterable<Extent> extents, final long lengthBytes) {
        forgetAnnounced();
        announcedEpoch = session.epoch();
        final ExtentMap.Builder map = new ExtentMap.Builder();
        for (final Extent extent : extents) {
            map.add(extent);
            announcedZeros |= extent.isZeros();
        }
        announced = map.build();
        announcedLengthBytes = lengthBytes;
    }

    void announcedMore(final Iterable<Extent> extents, final long lengthBytes) {
        for (final Extent extent : extents) {
            announced = announced.with(extent);
            announcedZeros |= extent.isZeros();
        }
        announcedLengthBytes = lengthBytes;
    }
}
