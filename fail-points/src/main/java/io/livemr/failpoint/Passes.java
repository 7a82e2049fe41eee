package io.livemr.failpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Which passes of a point are hit: every one, the Nth alone, or each by chance. Safe to share between threads. */
@FunctionalInterface
interface Passes {

    /** Counts one pass. */
    boolean isHit();

    static Passes every() {
        return () -> true;
    }

    static Passes only(final long number) {
        final AtomicLong count = new AtomicLong();
        return () -> count.incrementAndGet() == number;
    }

    static Passes chance(final int percent, final Random random) {
        return () -> random.nextInt(100) < percent;
    }

    /** Neither hits nor counts while there is no such file. */
    default Passes whileThereIs(final Path file) {
        return () -> Files.exists(file) && isHit();
    }
}
