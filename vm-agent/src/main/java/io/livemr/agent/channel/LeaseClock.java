package io.livemr.agent.channel;

import java.util.function.LongSupplier;

/**
 * Knows when a composer that heard nothing more has certainly stopped serving: {@code leaseMillis} × 1.5 after the last
 * line was sent, whichever session sent it (docs/protocol.md, section 1).
 *
 * <p>Elapsed time, not the time of day. After a start the agent does not know when its predecessor spoke last, so
 * {@link #assumeJustSent} takes the present for it. Safe for several threads.
 */
public final class LeaseClock {

    private final LongSupplier nanos;
    private boolean everSent;
    private long overAtNanos;

    public LeaseClock(final LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** For a predecessor's session, whose lease is on record; 0 if there was none. */
    public void assumeJustSent(final long leaseMillis) {
        if (leaseMillis > 0) {
            sent(leaseMillis);
        }
    }

    synchronized void sent(final long leaseMillis) {
        final long over = nanos.getAsLong() + leaseMillis * 1_500_000L;
        if (!everSent || over - overAtNanos > 0) {
            overAtNanos = over;
        }
        everSent = true;
    }

    public synchronized boolean isOver() {
        return !everSent || nanos.getAsLong() - overAtNanos >= 0;
    }
}
