package io.livemr.composer.image;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Until when one VM's agent is known to keep its promises. Renewed by the agent's heartbeats, counted from the moment the
 * composer wrote what the heartbeat repeats (docs/protocol.md, section 1). Safe to share between threads.
 */
public final class Lease {

    private final LongSupplier nanoClock;
    private final BooleanSupplier blind;
    private volatile boolean held;
    private volatile long endNanos;

    /**
     * @param nanoClock elapsed time that never goes back, {@link System#nanoTime}.
     * @param blind     whether libvirt has not been heard for so long that no lease counts.
     */
    public Lease(final LongSupplier nanoClock, final BooleanSupplier blind) {
        this.nanoClock = nanoClock;
        this.blind = blind;
    }

    /** Never shortens. */
    public synchronized void renewUntil(final long nanos) {
        if (!held || nanos - endNanos > 0) {
            endNanos = nanos;
            held = true;
        }
    }

    public synchronized void drop() {
        held = false;
    }

    /** How long it is valid from now on, negative when it is over; nothing when there is none. */
    public synchronized OptionalLong leftNanos() {
        return held ? OptionalLong.of(endNanos - nanoClock.getAsLong()) : OptionalLong.empty();
    }

    public boolean valid() {
        return held && endNanos - nanoClock.getAsLong() > 0 && !blind.getAsBoolean();
    }
}
