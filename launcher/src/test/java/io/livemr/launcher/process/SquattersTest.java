package io.livemr.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SquattersTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKillWhoWorksBelowTheFolderAndNobodyElse() throws Exception {
        final Process inside = sleeperIn(Files.createDirectories(folder.resolve("panel/jobs/1")));
        final Process beside = sleeperIn(Files.createDirectories(folder.resolve("panel2")));

        final int evicted = Squatters.evict(folder.resolve("panel"));

        assertThat(evicted).isEqualTo(1);
        assertThat(inside.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(beside.isAlive()).isTrue();
        beside.destroyForcibly();
    }

    private static Process sleeperIn(final Path work) throws Exception {
        return new ProcessBuilder("sleep", "600").directory(work.toFile()).start();
    }
}
