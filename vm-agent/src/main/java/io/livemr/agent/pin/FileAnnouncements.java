package io.livemr.agent.pin;

import io.livemr.agent.channel.Session;
import io.livemr.agent.channel.Sessions;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.loop.WorkLoop;
import io.livemr.agent.map.Announcer;
import io.livemr.agent.map.FileSnapshot;
import io.livemr.agent.map.MapUpdate;
import io.livemr.agent.map.SnapshotReader;
import io.livemr.agent.report.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces where granted files' bytes are: the whole file once per session and epoch, after that what changed.
 *
 * <p>A snapshot is read on a disk thread, one at a time per file, and announced from the working thread in one go, so that
 * no revocation can come between its lines.
 */
final class FileAnnouncements {

    /** What to do when a snapshot shows that a pin did not hold. */
    interface Alarm {

        void moved(PinnedFile pinned);

        void broken(PinnedFile pinned, Exception failure);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileAnnouncements.class);

    private final Sessions sessions;
    private final WorkLoop loop;
    private final Counters counters;
    private Alarm alarm;

    FileAnnouncements(final Sessions sessions, final WorkLoop loop, final Counters counters) {
        this.sessions = sessions;
        this.loop = loop;
        this.counters = counters;
    }

    void onAlarm(final Alarm to) {
        alarm = to;
    }

    /** Looks at the file and announces what the composer does not know yet. */
    void refresh(final PinnedFile pinned) {
        final Session session = sessions.present();
        if (session == null || pinned.wantedIn != session || pinned.isRevoking()) {
            return;
        }
        if (pinned.reading) {
            pinned.againWhenRead = true;
            return;
        }
        pinned.reading = true;
        final GuestFile file = pinned.file();
        final long fromBytes = startOf(pinned, session);
        loop.onDisk(() -> SnapshotReader.read(file, fromBytes),
                (snapshot, failure) -> finished(pinned, snapshot, failure));
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

    private void finished(final PinnedFile pinned, final FileSnapshot snapshot, final Exception failure) {
        pinned.reading = false;
        final Session session = sessions.present();
        if (session != null && pinned.wantedIn == session && !pinned.isRevoking()) {
            if (failure != null) {
                LOG.warn("snapshot failed: path={}", pinned.file().path(), failure);
                alarm.broken(pinned, failure);
            } else {
                announce(session, pinned, snapshot);
            }
        }
        if (pinned.againWhenRead) {
            pinned.againWhenRead = false;
            refresh(pinned);
        }
    }

    private void announce(final Session session, final PinnedFile pinned, final FileSnapshot snapshot) {
        if (pinned.needsWhole(session)) {
            announceWhole(session, pinned, snapshot);
            return;
        }
        final MapUpdate update = MapUpdate.between(pinned.announced, snapshot);
        if (update.moved()) {
            counters.done("moved");
            alarm.moved(pinned);
        } else if (!update.changed().isEmpty() || snapshot.lengthBytes() > pinned.announcedLengthBytes) {
            Announcer.announce(session, pinned.id(), false, update.changed(), snapshot.lengthBytes());
            pinned.announcedMore(update.changed(), snapshot.lengthBytes());
            counters.done("updates");
        }
    }

    private void announceWhole(final Session session, final PinnedFile pinned, final FileSnapshot snapshot) {
        if (snapshot.fromBytes() != 0) {
            pinned.againWhenRead = true;
            return;
        }
        Announcer.announce(session, pinned.id(), true, snapshot.extents(), snapshot.lengthBytes());
        pinned.announcedWhole(session, snapshot.extents(), snapshot.lengthBytes());
        counters.done("announcements");
    }
}
