package io.livemr.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Backoff backoff = new Backoff();

    @Test
    void shouldWaitTwiceAsLongAfterEachEarlyDeathUpToFiveSeconds() {
        final long[] waits = IntStream.range(0, 7).mapToLong(i -> backoff.after(AT_ONCE).toMillis()).toArray();

        assertThat(waits).containsExactly(200, 400, 800, 1_600, 3_200, 5_000, 5_000);
    }

    @Test
    void shouldBeginAnewAfterAProcessThatHasServed() {
        backoff.after(AT_ONCE);
        backoff.after(AT_ONCE);

        assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(Backoff.FIRST);
    }
}
