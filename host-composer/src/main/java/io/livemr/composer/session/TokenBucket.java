package io.livemr.composer.session;

import java.util.function.LongSupplier;

/**
 * Lets a peer have a burst and then a rate. The bucket may go below zero by one taking, which is then paid back by waiting.
 * For one thread.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double tokensPerNano;
    private final double burst;
    private final LongSupplier nanoClock;
    private double tokens;
    private long lastNanos;

    TokenBucket(final long perSecond, final long burst, final LongSupplier nanoClock) {
        this.tokensPerNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.nanoClock = nanoClock;
        this.tokens = burst;
        this.lastNanos = nanoClock.getAsLong();
    }

    /** Takes tokens and gives how long to wait before the next taking, 0 when not at all. */
    long takeNanos(final long count) {
        final long now = nanoClock.getAsLong();
        tokens = Math.min(burst, tokens + (now - lastNanos) * tokensPerNano) - count;
        lastNanos = now;
        return tokens >= 0 ? 0 : (long) (-tokens / tokensPerNano);
    }
}
