package io.livemr.failpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How long a thread stands at a point.
 *
 * @param mostMillis so long, or less where there is a file.
 * @param file       while it is there; null where time alone counts.
 */
record Stay(long mostMillis, Path file) {

    private static final long LOOK_MILLIS = 10;

    void stand() {
        final long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
        try {
            for (long left = mostMillis; left > 0 && (file == null || Files.exists(file)); left = millisTo(endNanos)) {
                TimeUnit.MILLISECONDS.sleep(file == null ? left : Math.min(left, LOOK_MILLIS));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisTo(final long endNanos) {
        return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    }
}
