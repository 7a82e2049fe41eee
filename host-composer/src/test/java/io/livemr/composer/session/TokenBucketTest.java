package io.livemr.composer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long PER_SECOND = 1_000_000;
    private static final long BURST = 50_000;
    private static final long TAKEN = 500;

    private final AtomicLong nanos = new AtomicLong();
    private final TokenBucket bucket = new TokenBucket(PER_SECOND, BURST, nanos::get);

    @Test
    void shouldLetABurstPassAndThenKeepToItsRateWithFewWaits() {
        int waits = 0;
        for (long taken = 0; taken < 3 * PER_SECOND + BURST; taken += TAKEN) {
            final long wait = bucket.takeNanos(TAKEN);
            nanos.addAndGet(wait);
            waits += wait > 0 ? 1 : 0;
        }

        assertThat(nanos.get()).isBetween(TimeUnit.MILLISECONDS.toNanos(2_950), TimeUnit.SECONDS.toNanos(3));
        assertThat(waits).isBetween(100, 150);
    }

    @Test
    void shouldPayForOneLargeTakingAtOnce() {
        assertThat(bucket.takeNanos(BURST + PER_SECOND)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void shouldHoldNoMoreThanABurstHoweverLongNobodyTakes() {
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(bucket.takeNanos(BURST + PER_SECOND)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
}
