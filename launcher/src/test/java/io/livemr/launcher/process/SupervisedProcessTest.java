package io.livemr.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;
    private SupervisedProcess service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.stop();
        }
    }

    @Test
    void shouldStartAgainAProcessThatWasKilled() {
        service = shell("exec sleep 600").start();
        service.awaitHealthy(LIMIT);
        final long first = service.pid();

        service.killForcibly();

        await().atMost(LIMIT).until(() -> service.isAlive() && service.pid() != first);
        assertThat(service.restarts()).isEqualTo(1);
    }

    @Test
    void shouldEndWhatTheProcessStartedAsWell() throws Exception {
        final Path grandchild = folder.resolve("grandchild");
        service = shell("sleep 600 & echo $! > " + grandchild + ".new; mv " + grandchild + ".new " + grandchild + "; wait").start();
        await().atMost(LIMIT).until(() -> Files.exists(grandchild));
        final long pid = Long.parseLong(Files.readString(grandchild).strip());

        service.stop();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder.resolve("run/service.pid")).doesNotExist();
    }

    @Test
    void shouldGiveUpOnAProcessThatDiesAtItsStartAndShowItsLog() {
        final ServiceSpec dying = spec("echo the disk is on fire; exit 1", () -> Optional.of("no answer yet"));
        service = new SupervisedProcess(dying, folder.resolve("run")).start();

        assertThatThrownBy(() -> service.awaitHealthy(LIMIT))
            .isInstanceOf(StartFailedException.class)
            .hasMessageContaining("service died 3 times")
            .hasMessageContaining("the disk is on fire");
    }

    @Test
    void shouldSayWhatWasMissingWhenItNeverServes() {
        service = new SupervisedProcess(spec("exec sleep 600", () -> Optional.of("no answer on port 1")), folder.resolve("run")).start();

        assertThatThrownBy(() -> service.awaitHealthy(Duration.ofMillis(200))).hasMessageContaining("no answer on port 1");
    }

    @Test
    void shouldEndTheProcessOfALauncherThatWasKilled() throws Exception {
        final Process leftover = new ProcessBuilder("setsid", "sleep", "600").start();
        new PidFile(folder.resolve("run/service.pid")).write(ProcessIdentity.of(leftover.pid()).orElseThrow());

        service = shell("exec sleep 600").start();

        assertThat(leftover.onExit()).succeedsWithin(LIMIT);
        await().atMost(LIMIT).until(service::isAlive);
    }

    @Test
    void shouldLetAStrangerWithTheSameNumberLive() throws Exception {
        final Process stranger = new ProcessBuilder("sleep", "600").start();
        final ProcessIdentity now = ProcessIdentity.of(stranger.pid()).orElseThrow();
        new PidFile(folder.resolve("run/service.pid")).write(new ProcessIdentity(now.pid(), now.startTicks() - 1, now.bootId()));

        service = shell("exec sleep 600").start();
        await().atMost(LIMIT).until(service::isAlive);

        assertThat(stranger.isAlive()).isTrue();
        stranger.destroyForcibly();
    }

    @Test
    void shouldStopAProcessThatWaitsForItsNextStart() {
        service = shell("exit 1").start();
        await().atMost(LIMIT).until(() -> service.restarts() >= 1);

        service.stop();

        assertThat(service.isAlive()).isFalse();
    }

    private SupervisedProcess shell(final String script) {
        return new SupervisedProcess(spec(script, Optional::empty), folder.resolve("run"));
    }

    private ServiceSpec spec(final String script, final HealthCheck health) {
        return new ServiceSpec("service", List.of("sh", "-c", script), Map.of(), folder.resolve("log/service.log"), health);
    }
}
