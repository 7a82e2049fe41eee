package io.livemr.agent.pin;

import io.livemr.agent.channel.LeaseClock;
import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.grant.GrantStore;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.report.Counters;
import io.livemr.extent.FileId;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends grants: on record first, then {@code revoked} to the composer, and the pin comes off only when the composer has
 * acknowledged, or must have stopped serving because its lease is over.
 *
 * <p>Heartbeats would keep that lease alive; so a composer that does not acknowledge within a lease is not spoken to any more.
 * For the working thread.
 */
final class Revocations {

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final long LOOK_MILLIS = 50;
    private static final int REMEMBERED = 1_024;

    private final PinTable table;
    private final GrantStore store;
    private final Sessions sessions;
    private final LeaseClock lease;
    private final GrowthWatch watch;
    private final WorkLoop loop;
    private final Counters counters;
    private final List<PinnedFile> revoking = new ArrayList<>();
    private boolean lookScheduled;
    private final Map<FileId, String> reasons = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(final Map.Entry<FileId, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    Revocations(
            final PinTable table, final GrantStore store, final Sessions sessions, final LeaseClock lease,
            final GrowthWatch watch, final WorkLoop loop, final Counters counters) {
        this.table = table;
        this.store = store;
        this.sessions = sessions;
        this.lease = lease;
        this.watch = watch;
        this.loop = loop;
        this.counters = counters;
    }

    /** Ends all grants of a file. Completes when the pin is off. */
    CompletableFuture<Void> revoke(final PinnedFile pinned, final String reason) throws IOException {
        if (!pinned.isRevoking()) {
            FailPoint.UNPIN_WANTED.pass();
            pinned.replace(pinned.record().revoking(reason));
            store.put(pinned.record());
            FailPoint.UNPIN_RECORDED.pass();
            counters.done("revoked_" + reason);
        }
        if (!revoking.contains(pinned)) {
            reasons.put(pinned.id(), pinned.record().revokingReason());
            revoking.add(pinned);
            look();
            lookAgainLater();
        }
        return pinned.unpinned;
    }

    /** Why a file that is no longer granted is so; {@code grant_void} if that is forgotten. */
    String reasonOf(final FileId id) {
        return reasons.getOrDefault(id, "grant_void");
    }

    /** The composer has put everything up to a line of the present session into force. */
    void acknowledged(final long sequence) {
        final Session session = sessions.present();
        for (final PinnedFile pinned : List.copyOf(revoking)) {
            if (session != null && pinned.revokedIn == session && pinned.revokedSequence <= sequence) {
                pinned.revokeAcknowledged = true;
                FailPoint.UNPIN_HEARD.pass();
                unpin(pinned);
            }
        }
    }

    private void lookAgainLater() {
        if (!lookScheduled && !revoking.isEmpty()) {
            lookScheduled = true;
            loop.after(LOOK_MILLIS, () -> {
                lookScheduled = false;
                look();
                lookAgainLater();
            });
        }
    }

    private void look() {
        final Session session = sessions.present();
        for (final PinnedFile pinned : List.copyOf(revoking)) {
            if (pinned.revokeAcknowledged || session == null && lease.isOver()) {
                unpin(pinned);
            } else if (session != null) {
                say(pinned, session);
            }
        }
    }

    private void say(final PinnedFile pinned, final Session session) {
        if (pinned.revokedIn != session) {
            pinned.revokedIn = session;
            pinned.revokedAtNanos = System.nanoTime();
            pinned.revokedSequence =
                    session.send(FileLines.revoked(pinned.id(), null, pinned.record().revokingReason()));
            FailPoint.UNPIN_SAID.pass();
        } else if (System.nanoTime() - pinned.revokedAtNanos > session.leaseMillis() * 1_000_000) {
            sessions.end("the composer did not acknowledge a revoke within its lease");
        }
    }

    private void unpin(final PinnedFile pinned) {
        if (pinned.busy || pinned.resting) {
            return;
        }
        try {
            pinned.route().end(pinned.file());
            Pinner.unpin(pinned.file(), pinned.record());
            FailPoint.UNPIN_DONE.pass();
            store.remove(pinned.id());
            FailPoint.UNPIN_FORGOTTEN.pass();
            revoking.remove(pinned);
            table.remove(pinned);
            watch.unwatch(pinned.watch());
            pinned.file().close();
            pinned.unpinned.complete(null);
            LOG.info("unpinned: path={} reason={}", pinned.record().path(), pinned.record().revokingReason());
        } catch (final IOException e) {
            LOG.warn("cannot unpin yet, will try again: path={} because={}", pinned.record().path(), e.getMessage());
            pinned.restOn(loop, this::look);
        }
    }
}
