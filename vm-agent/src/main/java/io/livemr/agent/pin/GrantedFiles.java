package io.livemr.agent.pin;

import io.livemr.agent.channel.LeaseClock;
import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.denial.DenialReason;
import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.grant.Grant;
import io.livemr.agent.grant.GrantRecord;
import io.livemr.agent.grant.GrantStore;
import io.livemr.agent.kernel.Inotify;
import io.livemr.agent.kernel.KernelException;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.report.Counters;
import io.livemr.agent.route.MapRoute;
import io.livemr.agent.route.MapRoutes;
import io.livemr.agent.route.WayGoneException;
import io.livemr.extent.FileId;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All granted files: grants, joins, announces and revokes. Every change is on record before it is made.
 * For the working thread.
 */
public final class GrantedFiles implements FileAnnouncements.Alarm {

    /** @param recheckMillis how often every extent of every file is looked at again */
    public record Settings(long flushAgeMillis, long flushBytes, long recheckMillis) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(GrantedFiles.class);
    private static final long VERIFY_MILLIS = 1_000;

    private final PinTable table = new PinTable();
    private final GrantStore store;
    private final Sessions sessions;
    private final WorkLoop loop;
    private final Clock clock;
    private final GrowthWatch watch;
    private final PinKeeper keeper;
    private final FileAnnouncements announcements;
    private final Revocations revocations;
    private final PinVerifier verifier;
    private final Settings settings;

    public GrantedFiles(
            final Settings settings, final GrantStore store, final Sessions sessions, final LeaseClock lease,
            final WorkLoop loop, final Counters counters, final Clock clock, final PinVerifier verifier,
            final MapRoutes routes) throws KernelException {
        this.settings = settings;
        this.store = store;
        this.sessions = sessions;
        this.loop = loop;
        this.clock = clock;
        this.verifier = verifier;
        watch = new GrowthWatch(new Inotify(), loop);
        keeper = new PinKeeper(table, store, watch, routes, verifier);
        announcements = new FileAnnouncements(sessions, loop, counters);
        revocations = new Revocations(table, store, sessions, lease, watch, loop, counters);
    }

    /** Takes up what the index knows, then follows changes. */
    public void start() {
        announcements.onAlarm(this);
        watch.start(new Growth(
                new Growth.Settings(settings.flushAgeMillis(), settings.flushBytes()),
                table, watch, announcements, loop, this::verifyAll));
        loop.execute(this::restore);
        loop.every(VERIFY_MILLIS, this::verifyAll);
        loop.every(settings.recheckMillis(), this::recheckAll);
    }

    public PinTable table() {
        return table;
    }

    /** How many files are granted or were, with the pin still on. */
    public int count() {
        return store.all().size();
    }

    /**
     * Grants a file to one more requester; pins it if it is not pinned yet, and from then on owns the open file.
     * A requester who joins a pinned file gets no later expiry than the file's attribute says.
     *
     * @param route the way of its map, unless it has one already
     */
    public PinnedFile grant(final GuestFile file, final Grant grant, final MapRoute route) throws IOException {
        final PinnedFile known = table.get(file.id());
        if (known != null) {
            file.close();
            return join(known, grant);
        }
        return keeper.pin(file, new GrantRecord(
                file.path(), file.id(), Pinner.isAppendOnly(file), false, route.way(), null, List.of(grant)), route);
    }

    private PinnedFile join(final PinnedFile pinned, final Grant grant) throws IOException {
        final long latest = Pinner.validGrant(pinned.file(), nowSeconds())
                .orElseThrow(() -> new IOException("the grant of this file is void; it is being revoked"))
                .latestExpirySeconds();
        final Grant capped = new Grant(grant.requester(), grant.by(), Math.min(latest, grant.expiresAtSeconds()));
        store.put(pinned.record().with(capped));
        pinned.replace(pinned.record().with(capped));
        return pinned;
    }

    /** Tells the composer that a request is granted, and announces the file as soon as it may hear of it. */
    public void announce(final PinnedFile pinned, final String id, final String requester) throws IOException {
        final Session session = sessions.present();
        final Grant grant = pinned.record().grantOf(requester).orElse(null);
        if (session != null && grant != null) {
            final long sequence = session.send(FileLines.granted(id, pinned, grant, clock.millis()));
            FailPoint.ANNOUNCE_GRANTED.pass();
            announcements.granted(pinned, session, sequence);
            pinned.askedFor.put(requester, id);
        }
    }

    /** After a {@code resync}: the session's epoch is higher, so every file is announced whole. */
    public void announceAll() {
        table.all().forEach(announcements::refresh);
    }

    /** Ends one requester's grant; the last one's ends the pin. Completes when the file is no longer read for them. */
    public CompletableFuture<Void> revoke(final PinnedFile pinned, final String requester, final String reason)
            throws IOException {
        final GrantRecord rest = pinned.record().without(requester);
        if (rest.grants().isEmpty() || pinned.isRevoking()) {
            return revocations.revoke(pinned, reason);
        }
        store.put(rest);
        pinned.replace(rest);
        final Session session = sessions.present();
        if (session != null) {
            session.send(FileLines.revoked(pinned.id(), requester, reason));
        }
        return CompletableFuture.completedFuture(null);
    }

    public CompletableFuture<Void> revokeAll(final PinnedFile pinned, final String reason) throws IOException {
        return revocations.revoke(pinned, reason);
    }

    public String reasonOf(final FileId id) {
        return revocations.reasonOf(id);
    }

    public void acknowledged(final long sequence) {
        revocations.acknowledged(sequence);
        announcements.acknowledged(sequence);
    }

    /**
     * The blocks changed under the pin, which still holds: readers wait from now on, and the file is announced anew where
     * it is, under {@code granted} lines that name its disk.
     */
    @Override
    public void moved(final PinnedFile pinned) {
        LOG.warn("blocks moved under the pin: path={}", pinned.record().path());
        final Session session = sessions.present();
        if (session == null || pinned.wantedIn != session) {
            return;
        }
        try {
            pinned.route().withdraw(session, pinned.file());
            grantAllAgain(pinned);
        } catch (final IOException e) {
            broken(pinned, e);
        }
    }

    @Override
    public void wayGone(final PinnedFile pinned, final WayGoneException failure) {
        if (pinned.isRevoking()) {
            return;
        }
        try {
            keeper.takeWeakerWay(pinned);
            grantAllAgain(pinned);
        } catch (final IOException | DeniedException e) {
            LOG.warn("no other way: path={} because={}", pinned.record().path(), e.getMessage());
            broken(pinned, failure);
        }
    }

    /** The composer hears everything anew: which disk, which way, and then where. */
    private void grantAllAgain(final PinnedFile pinned) throws IOException {
        final Map<String, String> askedFor = Map.copyOf(pinned.askedFor);
        pinned.forgetWanted();
        for (final Map.Entry<String, String> asked : askedFor.entrySet()) {
            announce(pinned, asked.getValue(), asked.getKey());
        }
    }

    @Override
    public void broken(final PinnedFile pinned, final Exception failure) {
        revokeOrLog(pinned, "io_error");
    }

    private void restore() {
        for (final GrantRecord record : store.all()) {
            if (table.all().stream().noneMatch(pinned -> pinned.id().equals(record.file()))) {
                restore(record);
            }
        }
    }

    private void restore(final GrantRecord record) {
        try {
            final PinnedFile pinned = keeper.restore(record);
            if (pinned == null) {
                return;
            }
            if (record.isRevoking()) {
                revocations.revoke(pinned, record.revokingReason());
            } else {
                verify(pinned);
            }
        } catch (final IOException | DeniedException e) {
            LOG.warn("grant not taken up, will try again: path={} because={}", record.path(), e.getMessage());
        }
    }

    private void verifyAll() {
        verifier.newRound();
        table.all().stream().filter(pinned -> !pinned.isRevoking()).forEach(this::verify);
    }

    private void verify(final PinnedFile pinned) {
        final String flaw = verifier.flaw(pinned, nowSeconds());
        if (flaw != null) {
            revokeOrLog(pinned, flaw);
            return;
        }
        verifyPlace(pinned);
        pinned.record().grants().stream()
                .filter(grant -> grant.isOverAt(nowSeconds()))
                .forEach(grant -> expire(pinned, grant));
    }

    private void verifyPlace(final PinnedFile pinned) {
        try {
            if (verifier.followLayout(pinned)) {
                moved(pinned);
            }
        } catch (final IOException | DeniedException e) {
            LOG.warn("what is under a granted file has changed: {}", e.getMessage());
            revokeOrLog(pinned, isRemount(e) ? "io_error" : "moved");
        }
    }

    private static boolean isRemount(final Exception failure) {
        return failure instanceof DeniedException denied && denied.reason() == DenialReason.UNSUPPORTED_FILE_SYSTEM;
    }

    private void expire(final PinnedFile pinned, final Grant grant) {
        try {
            revoke(pinned, grant.requester(), "expired");
        } catch (final IOException e) {
            LOG.error("cannot record an expiry: path={}", pinned.record().path(), e);
        }
    }

    private void recheckAll() {
        restore();
        table.all().forEach(announcements::recheck);
    }

    private void revokeOrLog(final PinnedFile pinned, final String reason) {
        try {
            LOG.warn("revoking: path={} reason={}", pinned.record().path(), reason);
            revocations.revoke(pinned, reason);
        } catch (final IOException e) {
            LOG.error("cannot record a revocation: path={}", pinned.record().path(), e);
        }
    }

    private long nowSeconds() {
        return clock.millis() / 1_000;
    }
}
