package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import io.livemr.failpoint.kill.Kill;
import io.livemr.failpoint.kill.Kills;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The agent is killed at each of its fail points while an owner is asked, says yes, his file grows and he takes it back, and is started again. {@link Kills}
 * says how to run some of the points, or more kills at each.
 */
class FailPointIT {

    private static final int GROWTHS = 2;

    private LoopDisk disk;
    private AgentFixture fixture;
    private AgentLives lives;

    @BeforeEach
    void start() throws Exception {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.paintedExt4();
        fixture = new AgentFixture(disk);
        fixture.allow("{\"allow\":[]}");
        lives = new AgentLives(fixture);
        lives.archive();
    }

    @AfterEach
    void stop() throws Exception {
        lives.close();
        fixture.closeComposer();
        disk.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldMapNoWrongByteAndGoOnWhereverTheAgentIsKilled() {
        return Kills.drawn().of(Program.AGENT, this::live);
    }

    private void live(final Kill now, final Kill next) throws Exception {
        final GrantLife life = new GrantLife(fixture.file(now.toString().replaceAll("\\W", "-")), new Random(now.seed()), fixture, lives);
        lives.onDeath(life::checkThatItIsHeld);
        lives.begin(faults(now), faults(next));

        life.grant();
        for (int i = 0; i < GROWTHS; i++) {
            life.grow();
        }
        life.takeBack();
        lives.awaitDeath();
        life.awaitAsBefore();

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        lives.end();
    }

    /** At once, or when what other threads do has had its time. */
    private String faults(final Kill kill) {
        return kill.faults(kill.seed() % 2 == 0 ? "kill" : "kill:30ms", passes(kill.point()), lives.switchFile());
    }

    /** How often one file's life surely passes a point. */
    private static int passes(final FailPoint point) {
        return switch (point) {
            case ANNOUNCE_LOOKED, ANNOUNCE_SAID -> 1 + GROWTHS;
            case INDEX_WRITTEN, INDEX_PLACED -> 6;
            default -> 1;
        };
    }
}
