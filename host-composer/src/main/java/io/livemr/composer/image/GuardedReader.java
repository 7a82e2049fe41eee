package io.livemr.composer.image;

import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.file.ReadRefusedException.Errno;
import io.livemr.composer.image.FileView.Access;
import io.livemr.composer.image.MapGuard.Moment;
import io.livemr.extent.UncoveredRangeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads bytes of a granted file, or refuses: S1.
 *
 * <pre>
 *  view → [QEMU writes here?] → [guard: now] → translate → pread → [QEMU writes here?] → still true? → [guard: since] → view and lease → answer
 *                └───────────────────────────────── all as before? ──────────────────────────┘     else again, or wait, or refuse
 * </pre>
 *
 * Each check encloses the pread, from before the tables are looked at until after the bytes are here, and the order of the later half is this.
 * The guard comes after the tables: a cluster that they still name may be freed already, and only the guard's layout says so. The view and lease
 * come last: an agent whose {@code revoked} was acknowledged may free the blocks, so bytes that were read before the view closed must not be handed
 * on after it; and the guard counts a revocation as taken in only after the view was closed, so a view that was looked at before the guard could
 * have closed in between.
 *
 * <p>Straight into the caller's buffer, no lock, no copy. Safe to share between threads.
 */
public final class GuardedReader {

    /** A lease has no one to wake its waiters, so they look again this often. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** What QEMU counts has no one to wake them either, but is over soon. */
    private static final long LOOK_AGAIN_SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final GuardSettings settings;
    private final ReadObserver observer;
    private final LongSupplier nanoClock;

    public GuardedReader(final GuardSettings settings, final ReadObserver observer) {
        this(settings, observer, System::nanoTime);
    }

    /** @param nanoClock elapsed time, by which a read's patience is counted. */
    public GuardedReader(final GuardSettings settings, final ReadObserver observer, final LongSupplier nanoClock) {
        this.settings = settings;
        this.observer = observer;
        this.nanoClock = nanoClock;
    }

    /**
     * Fills {@code lengthBytes} of the destination from a file offset on; all of them, or none.
     *
     * @throws ReadRefusedException with the destination's position where it was.
     */
    public void read(final ViewSource source, final long offsetBytes, final int lengthBytes, final ByteBuffer destination)
            throws ReadRefusedException {
        final int start = destination.position();
        final long deadline = nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(settings.readWaitMillis());
        int moved = 0;
        while (true) {
            final FileView view = source.view();
            final String obstacle = attempt(source, view, offsetBytes, lengthBytes, destination);
            if (obstacle == null) {
                observer.answered(lengthBytes);
                return;
            }
            destination.position(start);
            observer.retried(obstacle);
            if (view.access() == Access.OPEN && isOver(obstacle, view, source) && ++moved <= settings.retries()) {
                continue;
            }
            await(source, view, deadline, obstacle);
        }
    }

    /** Whether what was in the way has passed, so that waiting would be for nothing. */
    private static boolean isOver(final String obstacle, final FileView view, final ViewSource source) {
        return view != source.view() || obstacle.equals(MapGuard.LAYOUT_CHANGED);
    }

    /** Null if the bytes are in the destination and vouched for, else what was in the way. */
    private String attempt(
            final ViewSource source, final FileView view, final long offsetBytes, final int lengthBytes,
            final ByteBuffer destination) throws ReadRefusedException {
        if (view.access() == Access.REVOKED) {
            throw new ReadRefusedException(Errno.EACCES, view.reason(), "revoked: " + view.reason());
        }
        if (!view.isReadable()) {
            return view.access() == Access.OPEN ? "lease_over" : view.reason();
        }
        try {
            return copy(source, view, offsetBytes, lengthBytes, destination);
        } catch (final UncoveredRangeException e) {
            throw new ReadRefusedException(Errno.EIO, "uncovered", e.getMessage());
        } catch (final IOException e) {
            observer.failed(view.disk(), e);
            return "image_error";
        }
    }

    private String copy(
            final ViewSource source, final FileView view, final long offsetBytes, final int lengthBytes,
            final ByteBuffer destination) throws IOException, UncoveredRangeException {
        final GuestDisk disk = view.disk();
        if (offsetBytes > view.lengthBytes() - lengthBytes) {
            return "shrunk";
        }
        if (!disk.isWritten()) {
            observer.notWritten(disk);
            return "image_not_active";
        }
        final Moment began = view.guard().now();
        String obstacle = began.obstacle();
        if (obstacle != null) {
            return obstacle;
        }
        final RangeCopy copy = new RangeCopy(disk, view.extents(), offsetBytes, lengthBytes);
        final int start = destination.position();
        copy.readInto(destination);
        // In this order: QEMU that left the image and is back has changed its tables, or the view, before it took its lock again.
        if (!disk.isWritten()) {
            observer.notWritten(disk);
            return "image_not_active";
        }
        if (destination.position() - start != lengthBytes || !copy.stillTrue()) {
            return "image_changing";
        }
        obstacle = began.obstacle();
        return obstacle != null ? obstacle : stillInForce(source, view, offsetBytes, lengthBytes);
    }

    private static String stillInForce(
            final ViewSource source, final FileView view, final long offsetBytes, final long lengthBytes)
            throws UncoveredRangeException {
        final FileView now = source.view();
        if (now != view) {
            if (now.fence() != view.fence() || now.access() != Access.OPEN || now.disk() != view.disk()) {
                return "map_changing";
            }
            // The file grew meanwhile. Its older bytes must be where they were.
            if (!now.extents().translate(offsetBytes, lengthBytes).equals(view.extents().translate(offsetBytes, lengthBytes))) {
                return "map_changing";
            }
        }
        return view.lease().valid() ? null : "lease_over";
    }

    private void await(final ViewSource source, final FileView view, final long deadline, final String obstacle)
            throws ReadRefusedException {
        final long left = deadline - nanoClock.getAsLong();
        if (left <= 0) {
            throw new ReadRefusedException(Errno.ESTALE, obstacle,
                    "not readable for " + settings.readWaitMillis() + " ms: " + obstacle);
        }
        try {
            source.awaitChange(view, Math.min(left, MapGuard.isBrief(obstacle) ? LOOK_AGAIN_SOON_NANOS : LOOK_AGAIN_NANOS));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadRefusedException(Errno.ESTALE, obstacle, "interrupted while waiting: " + obstacle);
        }
    }
}
