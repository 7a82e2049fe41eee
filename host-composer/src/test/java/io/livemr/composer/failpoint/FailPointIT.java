package io.livemr.composer.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import io.livemr.failpoint.kill.Kill;
import io.livemr.failpoint.kill.Kills;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The composer is killed at each of its fail points while a file is composed, grows, is taken back and deleted, and is started again; meanwhile the guest
 * goes on writing. {@link Kills} says how to run some of the points, or more kills at each.
 */
class FailPointIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;
    private Kills kills;
    private ModelDisk disk;
    private ModelGuest guest;
    private Watcher watcher;
    private ComposerLives lives;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/dev/fuse")) && "root".equals(System.getProperty("user.name")), "needs /dev/fuse and root");
        kills = Kills.drawn();
        disk = new ModelDisk(folder.resolve("disk.raw"), kills.random());
        guest = new ModelGuest(folder.resolve("agent.sock"), disk, kills.random());
        ComposerProcess.define(folder, disk.image(), folder.resolve("agent.sock"));
        ComposerProcess.CLASSES.make(option -> new ComposerProcess(folder, folder.resolve("archive"), "", option).close());
        watcher = new Watcher(folder.resolve("mnt"));
        lives = new ComposerLives(folder, guest);
    }

    @AfterEach
    void stop() throws Exception {
        if (lives != null) {
            lives.close();
            watcher.close();
            guest.close();
            disk.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldShowNoWrongByteAndComeBackWhereverItIsKilled() {
        return kills.of(Program.COMPOSER, this::live);
    }

    private void live(final Kill now, final Kill next) throws Exception {
        final FileLife life = new FileLife(now.toString().replaceAll("\\W", "-"), guest, watcher, lives);
        lives.begin(faults(now), faults(next));

        life.compose();
        life.grow(1 + new Random(now.seed()).nextInt(3));
        if (now.point() == FailPoint.GROW_UNSAVED) {
            lives.awaitDeath();
        }
        life.takeBack();
        life.delete();
        lives.awaitDeath();
        life.awaitForgotten();

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        assertThat(watcher.wrong()).as("wrong byte").isNull();
        lives.end();
    }

    private String faults(final Kill kill) {
        return kill.faults("kill:30ms", passes(kill.point()), lives.switchFile());
    }

    /** How often one file's life surely passes a point. */
    private static int passes(final FailPoint point) {
        return switch (point) {
            case COMPOSE_GRANTED, COMPOSE_BOUND, COMPOSE_CONSENTED -> 2;
            case GROW_RECEIVED, GROW_MAPPED, GROW_TOLD -> 3;
            case STATE_WRITTEN, STATE_PLACED -> 6;
            default -> 1;
        };
    }
}
