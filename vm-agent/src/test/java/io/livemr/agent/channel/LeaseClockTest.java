package io.livemr.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseClockTest {

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 5);   // wraps soon, as nanoTime may
    private final LeaseClock clock = new LeaseClock(nowNanos::get);

    @Test
    void shouldBeOverWhenNothingWasEverSent() {
        assertThat(clock.isOver()).isTrue();
    }

    @Test
    void shouldWaitOneAndAHalfLeasesFromTheLastLine() {
        clock.sent(1_000);
        nowNanos.addAndGet(500_000_000);
        clock.sent(1_000);

        nowNanos.addAndGet(1_499_999_999);
        assertThat(clock.isOver()).isFalse();
        nowNanos.addAndGet(1);
        assertThat(clock.isOver()).isTrue();
    }

    @Test
    void shouldNotBeShortenedByALaterSessionsShorterLease() {
        clock.sent(10_000);
        clock.sent(10);

        nowNanos.addAndGet(14_000_000_000L);
        assertThat(clock.isOver()).isFalse();
    }

    @Test
    void shouldTakeAPredecessorsLeaseForJustRenewed() {
        clock.assumeJustSent(1_000);

        assertThat(clock.isOver()).isFalse();
    }
}
