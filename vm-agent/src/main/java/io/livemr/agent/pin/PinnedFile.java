package io.livemr.agent.pin;

import io.livemr.agent.channel.Session;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.route.MapRoute;
import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.FileId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A granted file in memory: what was announced of it, and how far its revocation is. For the working thread only. */
public final class PinnedFile {

    private static final long REST_MILLIS = 1_000;

    private GuestFile file;
    private GrantRecord record;
    private MapRoute route;
    private int watch;

    /** The session in which the composer asked for the file; null until it did. */
    Session wantedIn;
    final Map<String, String> askedFor = new HashMap<>();
    /** The line that the composer must have acknowledged before it is told more; 0 if none. */
    long awaitedSequence;

    /** What the composer knows. */
    long announcedEpoch = -1;
    ExtentMap announced = ExtentMap.EMPTY;
    boolean announcedZeros;
    long announcedLengthBytes = -1;
    /** What it is being told; null if nothing, or if that is worth nothing any more. */
    Announcement announcing;

    /** One look or announcement at a time, and at most one more waiting behind it. */
    boolean busy;
    boolean againWhenDone;
    boolean flushScheduled;
    /** When growth was looked at last. */
    long lookedAtNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    boolean recheckWhole;
    /** Something failed a moment ago. */
    boolean resting;

    Session revokedIn;
    long revokedSequence;
    long revokedAtNanos;
    boolean revokeAcknowledged;
    final CompletableFuture<Void> unpinned = new CompletableFuture<>();

    PinnedFile(final GuestFile file, final GrantRecord record, final MapRoute route, final int watch) {
        this.file = file;
        this.record = record;
        this.route = route;
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

    public MapRoute route() {
        return route;
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

    void replace(final MapRoute next, final int nextWatch) {
        route = next;
        watch = nextWatch;
    }

    /** Whether the composer may be told of this file now. */
    boolean isHeardIn(final Session session) {
        return wantedIn == session && awaitedSequence == 0;
    }

    boolean needsWhole(final Session session) {
        return announcedEpoch != session.epoch();
    }

    /**
     * The composer asked for this file in this session; it knows nothing of it yet.
     *
     * @param sequence of the line that says so to the composer
     */
    void wantIn(final Session session, final long sequence) {
        if (wantedIn != session) {
            wantedIn = session;
            awaitedSequence = route.way().overtakesLines() ? sequence : 0;
            askedFor.clear();
            forgetAnnounced();
        }
    }

    void forgetWanted() {
        wantedIn = null;
        forgetAnnounced();
    }

    void forgetAnnounced() {
        announcing = null;
        announcedEpoch = -1;
        announced = ExtentMap.EMPTY;
        announcedZeros = false;
        announcedLengthBytes = -1;
    }

    void announced(final Announcement what) {
        announcing = null;
        if (what.whole()) {
            announcedEpoch = what.epoch();
            announced = ExtentMap.of(what.extents());
            announcedZeros = false;
        } else {
            what.extents().forEach(extent -> announced = announced.with(extent));
        }
        announcedZeros |= what.extents().stream().anyMatch(Extent::isZeros);
        announcedLengthBytes = what.lengthBytes();
    }

    /** Keeps what failed from being tried more than once a second. */
    void restOn(final WorkLoop loop, final Runnable then) {
        resting = true;
        loop.after(REST_MILLIS, () -> {
            resting = false;
            then.run();
        });
    }
}
