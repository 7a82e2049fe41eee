package io.livemr.launcher.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a limit; an interrupt ends the wait as if the limit had come. */
public final class Poll {
    private Poll() {
    }

    /** Whether the condition came true before the limit. */
    public static boolean until(final Duration limit, final Duration step, final BooleanSupplier condition) {
        final long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(step.toNanos());
        }
        return true;
    }
}
