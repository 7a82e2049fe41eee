package io.livemr.launcher.process;

import java.time.Duration;

/**
 * How long to wait before the next start: 0.2 s, doubled at each early death, at most 5 s. A process that lived longer
 * than ten seconds has served, and the count begins anew. Used by one thread.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(200);
    static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration SERVED = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration after(final Duration lived) {
        if (lived.compareTo(SERVED) > 0) {
            next = FIRST;
        }
        final Duration wait = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return wait;
    }
}
