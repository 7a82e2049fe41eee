package io.livemr.control.composer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.TestSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;

class ComposersHealthIndicatorTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSayHowManyComposersAnswer() throws Exception {
        try (FakeComposer first = new FakeComposer(); FakeComposer second = new FakeComposer()) {
            assertThat(health(first, second).getStatus().getCode()).isEqualTo("UP");

            second.failWith(503);
            assertThat(health(first, second).getStatus().getCode()).isEqualTo("DEGRADED");
            assertThat(health(first, second).getDetails()).containsEntry(first.url(), "UP").containsEntry(second.url(), "scripted");

            first.failWith(503);
            assertThat(health(first, second).getStatus().getCode()).isEqualTo("DOWN");
        }
    }

    @Test
    void shouldSayThatThereAreNone() {
        assertThat(health().getStatus().getCode()).isEqualTo("UNKNOWN");
    }

    private Health health(final FakeComposer... composers) {
        final String[] settings = new String[composers.length * 4];
        for (int i = 0; i < composers.length; i++) {
            final String composer = "composers[" + i + "]";
            System.arraycopy(new String[] {composer + ".url", composers[i].url(), composer + ".token-file", token()}, 0, settings, 4 * i, 4);
        }
        return new ComposersHealthIndicator(new Composers(TestSettings.of(folder, settings), new ObjectMapper())).health();
    }

    private String token() {
        try {
            return FakeComposer.tokenFile(folder).toString();
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
