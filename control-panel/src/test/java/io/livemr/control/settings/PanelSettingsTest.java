package io.livemr.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.control.ControlPanel;
import io.livemr.control.support.TestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.util.unit.DataSize;

class PanelSettingsTest {

    @Test
    void shouldHaveTheDefaultsOfTheReadme() {
        final PanelSettings settings = TestSettings.of(Path.of("/s"));

        assertThat(settings).isEqualTo(new PanelSettings(Path.of("/s"), List.of(),
            new HadoopSettings("/etc/hadoop/conf", "", "/livemr/jobs"),
            new EngineSettings("", List.of(), null, null, List.of(), 2, DataSize.ofMegabytes(512), Duration.ofHours(24), DataSize.ofMegabytes(256),
                Duration.ofMinutes(10), DataSize.ofMegabytes(64), Duration.ofSeconds(5)),
            new JobSettings(100, 256, "livemr", false, 1_000, Duration.ofSeconds(2), Duration.ofMinutes(5),
                Duration.ofHours(24)),
            new JarSettings(DataSize.ofMegabytes(256), DataSize.ofGigabytes(1), 65_535,
                DataSize.ofGigabytes(2)),
            new EventSettings(1_000, Duration.ofSeconds(30)),
            new AccessSettings(false, 10, Duration.ofMinutes(5), 600, 60, DataSize.ofMegabytes(1), 1_000),
            new AuditSettings(Duration.ofDays(365)),
            new OpenStackSettings(null, "", "public", "livemr", "Default", null, "service", "Default", List.of("admin"), List.of("member"),
                List.of("reader"), Duration.ofSeconds(10), Duration.ofSeconds(30)),
            new SaharaSettings(1_000, DataSize.ofGigabytes(1))));
    }

    @Test
    void shouldNotStartWithAKeyItDoesNotKnow(@TempDir final Path state) {
        assertThatThrownBy(() -> SpringApplication.run(ControlPanel.class, "--livemr.state=" + state, "--server.port=0",
            "--livemr.jobs.quue-limit=7")).hasStackTraceContaining("livemr.jobs.quue-limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--server.address=0.0.0.0", "--server.address="})
    void shouldNotServeWithoutTlsToOthers(final String address, @TempDir final Path state) {
        assertThatThrownBy(() -> SpringApplication.run(ControlPanel.class, "--livemr.state=" + state, "--server.port=0", address))
            .hasStackTraceContaining("livemr.access.plain-http").hasStackTraceContaining("server.ssl.bundle");
    }

    @Test
    void shouldNotStartWithNoPlaceToRun(@TempDir final Path state) {
        assertThatThrownBy(() -> SpringApplication.run(ControlPanel.class, "--livemr.state=" + state, "--server.port=0",
            "--livemr.engine.max-running=0")).hasStackTraceContaining("maxRunning");
    }
}
