package io.livemr.composer.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.composer.Seeds;
import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The composer is killed at each of its fail points while a file is composed, grows, is taken back and deleted, and is started again; meanwhile the guest
 * goes on writing. One process is killed for each case: the one that took the place of the last is armed for the next, and its faults begin with a file.
 * {@code -Dpoint=grow} runs those of some points, {@code -Dkills=3} three cases of each.
 */
class FailPointIT {

    private static final int KILLS = Integer.getInteger("kills", 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;
    private Random random;
    private ModelDisk disk;
    private ModelGuest guest;
    private Watcher watcher;
    private ComposerLives lives;

    /** To be killed at one pass of one point; the seed makes the files and what becomes of them. */
    private record Case(FailPoint point, long seed) {

        private String faults(final Path whileThereIs) {
            return point.title() + "=kill:30ms@" + (1 + new Random(seed).nextInt(passes())) + ";while=" + whileThereIs;
        }

        /** How often one file's life surely passes it. */
        private int passes() {
            return switch (point) {
                case COMPOSE_GRANTED, COMPOSE_BOUND, COMPOSE_CONSENTED -> 2;
                case GROW_RECEIVED, GROW_MAPPED, GROW_TOLD -> 3;
                case STATE_WRITTEN, STATE_PLACED -> 6;
                default -> 1;
            };
        }

        @Override
        public String toString() {
            return point.title() + " seed=" + seed;
        }
    }

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/dev/fuse")) && "root".equals(System.getProperty("user.name")), "needs /dev/fuse and root");
        random = Seeds.random("FailPointIT");
        disk = new ModelDisk(folder.resolve("disk.raw"), random);
        guest = new ModelGuest(folder.resolve("agent.sock"), disk, random);
        ComposerProcess.define(folder, disk.image(), folder.resolve("agent.sock"));
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
        final List<Case> cases = Arrays.stream(FailPoint.values())
                .filter(point -> point.program() == Program.COMPOSER && point.title().startsWith(System.getProperty("point", "")))
                .flatMap(point -> IntStream.range(0, KILLS).mapToObj(i -> new Case(point, random.nextInt(1_000_000)))).toList();
        return IntStream.range(0, cases.size()).mapToObj(i -> DynamicTest.dynamicTest(cases.get(i).toString(),
                () -> live(cases.get(i), cases.get(Math.min(i + 1, cases.size() - 1)))));
    }

    private void live(final Case now, final Case next) throws Exception {
        final FileLife life = new FileLife(now.toString().replaceAll("\\W", "-"), guest, watcher, lives);
        lives.begin(now.faults(lives.switchFile()), next.faults(lives.switchFile()));

        life.compose();
        life.grow(1 + new Random(now.seed()).nextInt(3));
        if (now.point() == FailPoint.GROW_UNSAVED) {
            lives.awaitDeath();
        }
        life.takeBack();
        life.delete();

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        assertThat(watcher.wrong()).as("wrong byte").isNull();
        lives.end();
    }
}
