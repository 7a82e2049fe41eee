package io.livemr.control.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.Panel;
import io.livemr.control.support.TestHadoop;
import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import io.livemr.failpoint.kill.Kill;
import io.livemr.failpoint.kill.Kills;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The panel is killed at each of its fail points while a job is submitted, run again or killed, and is started again. {@link Kills} says how to run
 * some of the points, or more kills at each.
 */
class FailPointIT {

    private static final Set<FailPoint> OF_EACH_FILE = Set.of(FailPoint.INPUT_CHOSEN, FailPoint.INPUT_ASKED, FailPoint.CLEAN_DELETED);
    private static final Set<FailPoint> OF_TOO_MUCH_TO_KEEP = Set.of(FailPoint.CLEAN_NOTED, FailPoint.JAR_DROPPED);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;
    private FakeComposer composer;
    private PanelLives lives;
    /** Ended, and its jar is kept; null where there is none. */
    private JobCase earlier;

    @BeforeEach
    void start() throws Exception {
        TestHadoop.requireIt();
        composer = new FakeComposer();
        final Path archive = Files.createDirectory(folder.resolve("archive"));
        Panel.CLASSES.make(option -> new Panel(archive, composer).java(option).start().close());
        lives = new PanelLives(folder, composer);
    }

    @AfterEach
    void stop() throws Exception {
        if (lives != null) {
            lives.close();
            composer.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldRunEachJobOnceAndLeaveNothingWhereverThePanelIsKilled() {
        return Kills.drawn().of(Program.PANEL, this::live);
    }

    private void live(final Kill now, final Kill next) throws Exception {
        final Random random = new Random(now.seed());
        final Story story = Story.of(now.point(), random, earlier != null);
        final JobCase again = earlier;
        earlier = null;
        lives.begin(faults(now), faults(next));

        final JobCase job = story == Story.RERUN ? again.runAgain(now.toString()) : submitted(story, now);
        if (story == Story.REGRET) {
            job.awaitDeath();
            job.kill();
        } else if (story == Story.KILL) {
            job.kill(random.nextBoolean());
        }
        job.awaitCleanedUp(story.ends());
        job.awaitDeath();
        job.awaitCleanedUp(story.ends());
        job.awaitNothingLeft();

        assertThat(lives.deaths()).as("deaths").containsExactly(137);
        assertThat(job.ranOnce()).isIn(story.runs());
        lives.end();
        earlier = story.canBeRunAgain() && !isTooMuchToKeep(now) ? job : null;
    }

    private JobCase submitted(final Story story, final Kill now) throws Exception {
        final JobCase job = JobCase.of(lives, composer, now.toString(), isTooMuchToKeep(now));
        if (story == Story.NO) {
            job.refuse();
        }
        if (story == Story.KILL) {
            job.submitWithoutEnd();
        } else {
            job.submit();
        }
        return job;
    }

    private static boolean isTooMuchToKeep(final Kill kill) {
        return OF_TOO_MUCH_TO_KEEP.contains(kill.point());
    }

    private String faults(final Kill kill) {
        return kill.faults("kill:30ms", passes(kill.point()), lives.switchFile());
    }

    /** How often one job surely passes a point. */
    private static int passes(final FailPoint point) {
        return OF_EACH_FILE.contains(point) ? JobCase.FILES : 1;
    }
}
