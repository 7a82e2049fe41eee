package io.livemr.agent.pin;

import io.livemr.agent.loop.WorkLoop;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when growth is announced: some time after the first write since the last look, or earlier if much was written.
 * At most one update per file waits. For the working thread.
 */
final class Growth implements GrowthWatch.Listener {

    /** @param flushAgeMillis from the first write; @param flushBytes grown since the last announcement */
    record Settings(long flushAgeMillis, long flushBytes) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Growth.class);
    private static final long LOOK_MILLIS = 5;

    private final Settings settings;
    private final PinTable table;
    private final GrowthWatch watch;
    private final FileAnnouncements announcements;
    private final WorkLoop loop;
    private final Runnable verifyAll;

    Growth(
            final Settings settings, final PinTable table, final GrowthWatch watch,
            final FileAnnouncements announcements, final WorkLoop loop, final Runnable verifyAll) {
        this.settings = settings;
        this.table = table;
        this.watch = watch;
        this.announcements = announcements;
        this.loop = loop;
        this.verifyAll = verifyAll;
    }

    @Override
    public void changed(final int watched) {
        final PinnedFile pinned = table.ofWatch(watched);
        if (pinned != null && !pinned.flushScheduled) {
            pinned.flushScheduled = true;
            lookLater(pinned, System.nanoTime());
        }
    }

    @Override
    public void attributesChanged(final int watched) {
        verifyAll.run();
    }

    @Override
    public void eventsLost() {
        LOG.info("inotify queue overflowed; looking at every file");
        table.all().forEach(announcements::refresh);
    }

    private void lookLater(final PinnedFile pinned, final long sinceNanos) {
        loop.after(Math.min(settings.flushAgeMillis(), LOOK_MILLIS), () -> look(pinned, sinceNanos));
    }

    private void look(final PinnedFile pinned, final long sinceNanos) {
        final boolean old = System.nanoTime() - sinceNanos >= settings.flushAgeMillis() * 1_000_000;
        if (!old && grownBytes(pinned) < settings.flushBytes()) {
            lookLater(pinned, sinceNanos);
            return;
        }
        pinned.flushScheduled = false;
        watch.looking(pinned.watch());
        announcements.refresh(pinned);
    }

    private static long grownBytes(final PinnedFile pinned) {
        try {
            return pinned.file().stat().lengthBytes() - pinned.announcedLengthBytes;
        } catch (final IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
