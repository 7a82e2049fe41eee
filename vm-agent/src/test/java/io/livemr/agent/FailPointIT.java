package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
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

/**
 * The agent is killed at each of its fail points while an owner is asked, says yes, his file grows and he takes it back, and is started again. The agent that
 * took the place of the last one is armed for the next case, and its faults begin with a file. {@code -Dpoint=pin} runs those of some points,
 * {@code -Dkills=3} three cases of each.
 */
class FailPointIT {

    private static final int KILLS = Integer.getInteger("kills", 1);
    private static final int GROWTHS = 2;

    private Random random;
    private LoopDisk disk;
    private AgentFixture fixture;
    private AgentLives lives;

    /** To be killed at one pass of one point, at once or when what other threads do has had its time. */
    private record Case(FailPoint point, long seed) {

        private String faults(final Path whileThereIs) {
            final Random random = new Random(seed);
            return point.title() + "=kill" + (random.nextBoolean() ? "" : ":30ms") + "@" + (1 + random.nextInt(passes())) + ";while=" + whileThereIs;
        }

        /** How often one file's life surely passes it. */
        private int passes() {
            return switch (point) {
                case ANNOUNCE_LOOKED, ANNOUNCE_SAID -> 1 + GROWTHS;
                case INDEX_WRITTEN, INDEX_PLACED -> 6;
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
        LoopDisk.requireRootAndLoop();
        final String given = System.getProperty("seed", "");
        final long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("FailPointIT replay: -Dseed=" + seed);
        random = new Random(seed);
        disk = LoopDisk.paintedExt4();
        fixture = new AgentFixture(disk);
        fixture.allow("{\"allow\":[]}");
        lives = new AgentLives(fixture);
    }

    @AfterEach
    void stop() throws Exception {
        lives.close();
        fixture.closeComposer();
        disk.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldMapNoWrongByteAndGoOnWhereverTheAgentIsKilled() {
        final List<Case> cases = Arrays.stream(FailPoint.values())
                .filter(point -> point.program() == Program.AGENT && point.title().startsWith(System.getProperty("point", "")))
                .flatMap(point -> random.longs(KILLS, 0, 1_000_000).mapToObj(seed -> new Case(point, seed))).toList();
        return IntStream.range(0, cases.size()).mapToObj(i -> DynamicTest.dynamicTest(cases.get(i).toString(),
                () -> live(cases.get(i), cases.get(Math.min(i + 1, cases.size() - 1)))));
    }

    private void live(final Case now, final Case next) throws Exception {
        final GrantLife life = new GrantLife(fixture.file(now.toString().replaceAll("\\W", "-")), new Random(now.seed()), fixture, lives);
        lives.begin(now.faults(lives.switchFile()), next.faults(lives.switchFile()), life::checkThatItIsHeld);

        life.grant();
        for (int i = 0; i < GROWTHS; i++) {
            life.grow();
        }
        life.takeBack();

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        lives.end();
    }
}
