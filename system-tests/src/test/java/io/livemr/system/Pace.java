package io.livemr.system;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a reader that reads over and over, or is refused over and over, from taking the processors that guests and daemons need: it rests three times
 * as long as each read took. A guest without KVM that is starved makes a test take many times as long.
 */
final class Pace {

    private static final int RESTS = 3;
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long begunNanos = System.nanoTime();

    /** After a read. */
    void rest() {
        final long tookNanos = System.nanoTime() - begunNanos;
        LockSupport.parkNanos(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, RESTS * tookNanos)));
        begunNanos = System.nanoTime();
    }
}
