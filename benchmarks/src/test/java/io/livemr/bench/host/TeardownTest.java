package io.livemr.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeardownTest {

    private final List<String> undone = new ArrayList<>();

    @Test
    void shouldUndoTheLastStepFirstAndEachOnce() {
        final Teardown teardown = Teardown.begin();
        teardown.add(() -> undone.add("first"));
        teardown.add(() -> undone.add("second"));

        teardown.close();
        teardown.close();

        assertThat(undone).containsExactly("second", "first");
    }

    @Test
    void shouldGoOnWhenAStepFails() {
        try (Teardown teardown = Teardown.begin()) {
            teardown.add(() -> undone.add("first"));
            teardown.add(() -> {
                throw new IOException("no");
            });
        }

        assertThat(undone).containsExactly("first");
    }

    @Test
    void shouldUndoUndisturbedByAnInterruptAndKeepIt() {
        final boolean[] interrupted = {true};
        try (Teardown teardown = Teardown.begin()) {
            teardown.add(() -> interrupted[0] = Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        }

        assertThat(interrupted[0]).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRefuseWhatBeginsAfterTheEnd() {
        final Teardown teardown = Teardown.begin();
        teardown.close();

        assertThatThrownBy(() -> teardown.add(() -> { })).hasMessageContaining("being ended");
    }
}
