package io.livemr.simulation.host;

import io.livemr.composer.grant.GrantedFile;
import io.livemr.composer.image.FileView;
import io.livemr.composer.image.Lease;
import io.livemr.composer.image.MapGuard;
import io.livemr.composer.image.ViewSource;
import io.livemr.simulation.schedule.PlantedBug;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A granted file as one read sees it: between any two looks at it anything may happen. With a planted bug the read is shown what a reader
 * that has the bug would go by; without one it sees the real view.
 */
final class SteppedSource implements ViewSource {

    private final GrantedFile file;
    private final Runnable pause;
    /** What a read that waits does with the time. */
    private final LongConsumer waiting;
    private final Set<PlantedBug> bugs;
    private FileView real;
    private FileView shown;

    SteppedSource(final GrantedFile file, final Runnable pause, final LongConsumer waiting, final Set<PlantedBug> bugs) {
        this.file = file;
        this.pause = pause;
        this.waiting = waiting;
        this.bugs = bugs;
    }

    @Override
    public FileView view() {
        pause.run();
        final FileView now = file.view();
        if (bugs.isEmpty()) {
            return now;
        }
        if (bugs.contains(PlantedBug.NOT_CHECKED_AFTER_PREAD) && shown != null && shown.access() == FileView.Access.OPEN) {
            return shown;
        }
        if (now != real) {
            real = now;
            shown = asShown(now);
        }
        return shown;
    }

    private FileView asShown(final FileView view) {
        final Lease lease = bugs.contains(PlantedBug.LEASE_IGNORED) && view.lease() != null ? endless() : view.lease();
        return new FileView(view.fence(), view.access(), view.reason(), view.extents(), view.lengthBytes(), view.disk(),
                asShown(view.guard()), lease);
    }

    private static Lease endless() {
        final Lease lease = new Lease(() -> 0, () -> false);
        lease.renewUntil(1);
        return lease;
    }

    private MapGuard asShown(final MapGuard guard) {
        return () -> {
            final MapGuard.Moment moment = guard.now();
            final int[] asked = new int[1];
            return () -> {
                final String obstacle = moment.obstacle();
                return isOverlooked(obstacle, asked[0]++) ? null : obstacle;
            };
        };
    }

    private boolean isOverlooked(final String obstacle, final int askedBefore) {
        return bugs.contains(PlantedBug.NOT_CHECKED_AFTER_PREAD) && askedBefore > 0
                || bugs.contains(PlantedBug.LAYOUT_IGNORED)
                        && (MapGuard.LAYOUT_CHANGING.equals(obstacle) || MapGuard.LAYOUT_CHANGED.equals(obstacle));
    }

    @Override
    public void awaitChange(final FileView seen, final long waitNanos) {
        shown = null;
        real = null;
        waiting.accept(waitNanos);
    }
}
