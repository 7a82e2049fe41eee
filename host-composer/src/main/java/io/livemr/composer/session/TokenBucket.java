package io.livemr.composer.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets a peer have a burst and then a rate. The bucket may go below zero by one taking and some milliseconds' worth, which are then paid back by
 * waiting at once: a wait costs more than most takings. For one thread.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
        final long owedNanos = (long) (-tokens / tokensPerNano);
        return owedNanos < LEAST_WAIT_NANOS ? 0 : owedNanos;
    }
}
