package io.livemr.agent.pin;

import io.livemr.agent.loop.WorkLoop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when growth is announced: at once, but no sooner after the last look than some time, or earlier if much was written.
 * At most one update per file waits. For the working thread.
 */
final class Growth implements GrowthWatch.Listener {

    /** @param flushAgeMillis since the last look; @param flushBytes grown since the last announcement */
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
            look(pinned);
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

    private void look(final PinnedFile pinned) {
        final long restMillis = settings.flushAgeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pinned.lookedAtNanos);
        if (restMillis > 0 && grownBytes(pinned) < settings.flushBytes()) {
            loop.after(Math.min(restMillis, LOOK_MILLIS), () -> look(pinned));
            return;
        }
        pinned.flushScheduled = false;
        pinned.lookedAtNanos = System.nanoTime();
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
