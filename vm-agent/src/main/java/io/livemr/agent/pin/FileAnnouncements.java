package io.livemr.agent.pin;

import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcement;
import io.livemr.agent.map.FileSnapshot;
import io.livemr.agent.map.MapUpdate;
import io.livemr.agent.map.SnapshotReader;
import io.livemr.agent.report.Counters;
import io.livemr.agent.route.MapRoute;
import io.livemr.agent.route.WayGoneException;
import io.livemr.extent.Extent;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces where granted files' bytes are, each on its own {@link MapRoute}: the whole file once per session and epoch, after
 * that what changed.
 *
 * <p>A file is looked at on a disk thread and announced in one go, and nothing else happens to it before that has ended, so no
 * revocation can come between. An announcement that failed is withdrawn, and made whole after a pause. A composer that never
 * acknowledges a file is never told where it is: that file waits, until it is revoked or a session begins, and nothing else does.
 */
final class FileAnnouncements {

    /** What to do when a file cannot simply be announced. */
    interface Alarm {

        void moved(PinnedFile pinned);

        void broken(PinnedFile pinned, Exception failure);

        void wayGone(PinnedFile pinned, WayGoneException failure);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileAnnouncements.class);

    private final Sessions sessions;
    private final WorkLoop loop;
    private final Counters counters;
    private final List<PinnedFile> awaitingAck = new ArrayList<>();
    private Alarm alarm;

    FileAnnouncements(final Sessions sessions, final WorkLoop loop, final Counters counters) {
        this.sessions = sessions;
        this.loop = loop;
        this.counters = counters;
    }

    void onAlarm(final Alarm to) {
        alarm = to;
    }

    /** The composer was told by this line that the file is granted. */
    void granted(final PinnedFile pinned, final Session session, final long sequence) {
        pinned.wantIn(session, sequence);
        if (!pinned.isHeardIn(session) && !awaitingAck.contains(pinned)) {
            awaitingAck.add(pinned);
        }
        refresh(pinned);
    }

    /** The composer has put everything up to a line of the present session into force. */
    void acknowledged(final long sequence) {
        final Session session = sessions.present();
        for (final PinnedFile pinned : List.copyOf(awaitingAck)) {
            if (pinned.wantedIn != session || pinned.awaitedSequence <= sequence) {
                awaitingAck.remove(pinned);
                pinned.awaitedSequence = 0;
                refresh(pinned);
            }
        }
    }

    /** Looks at the file and announces what the composer does not know yet. */
    void refresh(final PinnedFile pinned) {
        final Session session = sessions.present();
        if (session == null || !pinned.isHeardIn(session) || pinned.isRevoking() || pinned.resting) {
            return;
        }
        if (pinned.busy) {
            pinned.againWhenDone = true;
            return;
        }
        pinned.busy = true;
        final GuestFile file = pinned.file();
        final MapRoute route = pinned.route();
        final long fromBytes = startOf(pinned, session);
        loop.onDisk(() -> route.look(file, fromBytes),
                (snapshot, failure) -> lookedOrBroken(pinned, file, snapshot, failure));
    }

    /** Looks at every extent again, also at those that should not be able to change. */
    void recheck(final PinnedFile pinned) {
        pinned.recheckWhole = true;
        refresh(pinned);
    }

    private static long startOf(final PinnedFile pinned, final Session session) {
        final boolean whole = pinned.recheckWhole || pinned.needsWhole(session);
        pinned.recheckWhole = false;
        return whole ? 0 : SnapshotReader.firstThatMayChange(pinned.announced, pinned.announcedZeros);
    }

    /** A mistake of ours must not leave the file busy for ever: then it could not be revoked. */
    private void lookedOrBroken(
            final PinnedFile pinned, final GuestFile file, final FileSnapshot snapshot, final Exception failure) {
        try {
            looked(pinned, file, snapshot, failure);
        } catch (final RuntimeException e) {
            LOG.error("cannot announce: path={}", file.path(), e);
            alarm.broken(pinned, e);
            done(pinned);
        }
    }

    private void looked(
            final PinnedFile pinned, final GuestFile file, final FileSnapshot snapshot, final Exception failure) {
        final Session session = sessions.present();
        if (session == null || !pinned.isHeardIn(session) || pinned.isRevoking()) {
            done(pinned);
        } else if (failure != null) {
            LOG.warn("snapshot failed: path={}", pinned.file().path(), failure);
            alarm.broken(pinned, failure);
            done(pinned);
        } else if (pinned.file() != file) {
            // It lies elsewhere since.
            pinned.againWhenDone = true;
            done(pinned);
        } else if (pinned.needsWhole(session)) {
            announceWhole(session, pinned, snapshot);
        } else {
            announceChanges(session, pinned, snapshot);
        }
    }

    private void announceWhole(final Session session, final PinnedFile pinned, final FileSnapshot snapshot) {
        if (snapshot.fromBytes() != 0) {
            pinned.againWhenDone = true;
            done(pinned);
        } else {
            announce(session, pinned, true, snapshot.extents(), snapshot.lengthBytes());
        }
    }

    private void announceChanges(final Session session, final PinnedFile pinned, final FileSnapshot snapshot) {
        final MapUpdate update = MapUpdate.between(pinned.announced, snapshot);
        if (update.moved()) {
            counters.done("moved");
            alarm.moved(pinned);
            done(pinned);
        } else if (!update.changed().isEmpty() || snapshot.lengthBytes() > pinned.announcedLengthBytes) {
            announce(session, pinned, false, update.changed(), snapshot.lengthBytes());
        } else {
            done(pinned);
        }
    }

    private void announce(
            final Session session, final PinnedFile pinned, final boolean whole,
            final List<Extent> extents, final long lengthBytes) {
        FailPoint.ANNOUNCE_LOOKED.pass();
        final Announcement what = new Announcement(session.epoch(), whole, extents, lengthBytes);
        pinned.announcing = what;
        pinned.route().announce(session, pinned.file(), what, (nothing, failure) -> {
            FailPoint.ANNOUNCE_SAID.pass();
            if (failure != null) {
                failed(session, pinned, failure);
            } else if (pinned.announcing == what) {
                pinned.announced(what);
                counters.done(whole ? "announcements" : "updates");
            }
            done(pinned);
        });
    }

    private void failed(final Session session, final PinnedFile pinned, final Exception failure) {
        LOG.warn("announcement failed: path={} maps={} because={}",
                pinned.file().path(), pinned.route().way().word(), failure.toString());
        counters.done("announcements_failed");
        pinned.forgetAnnounced();
        pinned.restOn(loop, () -> refresh(pinned));
        if (failure instanceof WayGoneException gone) {
            alarm.wayGone(pinned, gone);
        } else {
            withdraw(session, pinned);
        }
    }

    /** What was announced before is still where it was; so this is for the readers, who should not read half of what is new. */
    private static void withdraw(final Session session, final PinnedFile pinned) {
        try {
            pinned.route().withdraw(session, pinned.file());
        } catch (final IOException e) {
            LOG.debug("not withdrawn: path={}", pinned.file().path(), e);
        }
    }

    private void done(final PinnedFile pinned) {
        pinned.busy = false;
        if (pinned.againWhenDone) {
            pinned.againWhenDone = false;
            refresh(pinned);
        }
    }
}
