package io.livemr.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Generous limits, tens of times what it takes, so that only another order of growth breaks them. Processor time, so that
 * a busy machine does not.
 */
class ExtentMapScaleTest {

    private static final int MILLION = 1_000_000;

    @Test
    void shouldBuildAMillionExtentsInWellUnderASecond() {
        final Duration took = timeOf(() -> scattered(MILLION));

        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldAppendToHundredsOfThousandsWithoutCopyingThem() {
        final ExtentMap[] map = {scattered(200_000)};

        final Duration took = timeOf(() -> {
            for (int i = 200_000; i < 300_000; i++) {
                map[0] = map[0].with(scatteredExtent(i));
                assertThat(map[0].covers(map[0].endBytes())).isTrue();
            }
            return map[0];
        });

        assertThat(map[0].size()).isEqualTo(300_000);
        assertThat(took).isLessThan(Duration.ofSeconds(20));
    }

    private static ExtentMap scattered(final int count) {
        final ExtentMap.Builder builder = new ExtentMap.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(scatteredExtent(i));
        }
        return builder.build();
    }

    private static Extent scatteredExtent(final int index) {
        return new Extent(index * 4096L, index * 16L, 4096);
    }

    private static Duration timeOf(final Supplier<ExtentMap> work) {
        final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        final long start = thread.getCurrentThreadCpuTime();
        assertThat(work.get().size()).isPositive();
        return Duration.ofNanos(thread.getCurrentThreadCpuTime() - start);
    }
}
