package io.livemr.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

    private final List<String> order = new ArrayList<>();

    private Contender contender(final String name, final double... values) {
        final int[] next = {0};
        return new Contender(name, () -> {
            order.add(name);
            return values[next[0]++];
        });
    }

    @Test
    void shouldTakeTurnsAtBeingFirstAndNotCountTheFirstPair() throws Exception {
        final Comparison comparison = new Pairs(3, step -> { }, Duration.ZERO).run(contender("A", 99, 10, 20, 30), contender("B", 1, 5, 20, 60));

        assertThat(order).containsExactly("A", "B", "A", "B", "B", "A", "A", "B");
        assertThat(comparison.ours()).isEqualTo(Samples.of(10, 20, 30));
        assertThat(comparison.peer()).isEqualTo(Samples.of(5, 20, 60));
        assertThat(comparison.ratios()).isEqualTo(Samples.of(0.5, 1, 2));
    }

    @Test
    void shouldNotCountWhatRanBeforeTheWarmUpWasOver() throws Exception {
        final int[] runs = {0};
        final Contender counter = new Contender("counter", () -> {
            Thread.sleep(5);
            return runs[0]++;
        });

        final Comparison comparison = new Pairs(1, step -> { }, Duration.ofMillis(100)).run(counter, counter);

        assertThat(comparison.ours().median()).isEqualTo(runs[0] - 2).isGreaterThan(2);
        assertThat(comparison.peer().median()).isEqualTo(runs[0] - 1);
    }

    @Test
    void shouldTakeTheRankThatNinetyNineOfAHundredDoNotExceed() {
        final double[] values = java.util.stream.IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray();

        assertThat(Samples.of(values)).isEqualTo(new Samples(200, 100.5, 198, 1, 200));
        assertThat(Samples.of(1, 2, 3).p99()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheMiddleOfAnEvenNumber() {
        assertThat(Samples.of(4, 1, 3, 100).median()).isCloseTo(3.5, within(1e-9));
    }

    @Test
    void shouldRefuseToMeasureNothing() {
        assertThatThrownBy(() -> new Pairs(0, step -> { })).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
    }
}
