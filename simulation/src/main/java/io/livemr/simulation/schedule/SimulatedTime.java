package io.livemr.simulation.schedule;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Elapsed time, which passes when a step says so, and moments: one for each step, to tell what was before what. For one thread.
 */
public final class SimulatedTime implements LongSupplier {

    private long nanos;
    private long moment;
    private Runnable whenAsked = () -> { };

    /** Elapsed nanoseconds. Who looks at the clock takes time to do so: anything may happen before the answer is used. */
    @Override
    public long getAsLong() {
        final long now = nanos;
        whenAsked.run();
        return now;
    }

    public long nowNanos() {
        return nanos;
    }

    public void pass(final long passedNanos) {
        nanos += passedNanos;
        moment++;
    }

    public void passMillis(final long millis) {
        pass(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    public long moment() {
        return moment;
    }

    /** What happens whenever a program looks at the clock. */
    public void whenAsked(final Runnable action) {
        whenAsked = action;
    }
}
