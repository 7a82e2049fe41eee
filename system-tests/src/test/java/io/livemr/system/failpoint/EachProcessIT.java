package io.livemr.system.failpoint;

import io.livemr.system.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program stands at each of its fail points while each other program is killed: what a client wanted is done or dropped with the reason, nothing is left
 * behind, and no read gives a wrong byte. {@link Grid} says how to run a part of it, or all.
 */
class EachProcessIT {
    private static Scene scene;
    private static int scenes;

    @TempDir
    private static Path folder;

    @AfterAll
    static void down() {
        if (scene != null) {
            scene.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldGoOnWhoeverIsKilledWhileAProgramStandsAtAPoint() {
        final long seed = Seeds.next("EachProcessIT");
        return new Grid(seed).cells().map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> play(cell, seed)));
    }

    /** One that failed may have left anything: the next has a scene of its own. */
    private static void play(final Cell cell, final long seed) throws Exception {
        if (scene == null) {
            scene = Scene.open(Files.createDirectory(folder.resolve("points-" + ++scenes)), seed);
        }
        try {
            scene.play(cell);
        } catch (final Exception | AssertionError e) {
            giveUp(cell, e);
            throw e;
        }
    }

    private static void giveUp(final Cell cell, final Throwable why) {
        final Scene failed = scene;
        scene = null;
        try (failed) {
            failed.keepLogs(Path.of("target", "each-process", cell.toString().replaceAll("\\W+", "-")));
        } catch (final Exception e) {
            why.addSuppressed(e);
        }
    }
}
