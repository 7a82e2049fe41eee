package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSlotsTest {

    @TempDir
    private Path state;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private double gauge(final String name) {
        return metrics.get(name).gauge().value();
    }

    @Test
    void shouldGiveSoManyPlacesAndTheNextWhenOneIsGivenBack() {
        final RunSlots slots = new RunSlots(TestSettings.of(state, "engine.max-running", "2"), metrics);

        assertThat(slots.take("a")).isTrue();
        assertThat(slots.take("b")).isTrue();
        assertThat(slots.take("c")).isFalse();
        assertThat(slots.take("a")).as("has one already").isTrue();
        assertThat(gauge("livemr.slots.used")).isEqualTo(gauge("livemr.slots.limit")).isEqualTo(2);

        slots.giveBack("a");
        assertThat(slots.take("c")).isTrue();
        assertThat(slots.take("d")).isFalse();
    }

    @Test
    void shouldCountAJobThatRanBeforeTheLimitWasLowered() {
        final RunSlots slots = new RunSlots(TestSettings.of(state, "engine.max-running", "1"), metrics);
        slots.keep("a");
        slots.keep("b");
        slots.giveBack("a");

        assertThat(slots.take("c")).isFalse();
        assertThat(gauge("livemr.slots.used")).isEqualTo(1);
    }
}
