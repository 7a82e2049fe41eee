package io.livemr.composer.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How well libvirt is heard. After a bounded silence no lease counts any more, because a change of a domain would go unnoticed
 * (docs/decisions/0002). Safe to share between threads.
 */
public final class Hearing {

    private final LongSupplier nanoClock;
    private final long boundNanos;
    private volatile boolean listening;
    private volatile boolean ever;
    private volatile long lastNanos;

    public Hearing(final long boundMillis, final LongSupplier nanoClock) {
        this.boundNanos = TimeUnit.MILLISECONDS.toNanos(boundMillis);
        this.nanoClock = nanoClock;
    }

    void heard(final boolean now) {
        listening = now;
        if (now) {
            lastNanos = nanoClock.getAsLong();
            ever = true;
        }
    }

    public boolean isListening() {
        return listening;
    }

    /** Whether libvirt was ever heard, so that a VM it did not name is not there. */
    public boolean wasEverListening() {
        return ever;
    }

    public boolean isBlind() {
        return !ever || nanoClock.getAsLong() - lastNanos > boundNanos;
    }
}
