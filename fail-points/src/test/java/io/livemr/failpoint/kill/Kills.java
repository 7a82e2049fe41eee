package io.livemr.failpoint.kill;

import io.livemr.failpoint.FailPoint;
import io.livemr.failpoint.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The kills of one run. {@code -Dpoint=grow} has those at some points, {@code -Dkills=1} one at each instead of three, {@code -Dseed=N} the same again.
 *
 * @param random what else the run's cases share comes from it, too.
 */
public record Kills(Random random) {

    private static final int TIMES = Integer.getInteger("kills", 3);
    private static final String POINT = System.getProperty("point", "");
    private static final int SEED_LIMIT = 1_000_000;

    /** What is done while the program is killed. */
    @FunctionalInterface
    public interface Body {

        /** @param next the case for which the program that takes the place of the killed one is armed. */
        void live(Kill now, Kill next) throws Exception;
    }

    /** From a seed that is printed. */
    public static Kills drawn() {
        final String given = System.getProperty("seed", "");
        final long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("FailPointIT replay: -Dseed=" + seed);
        return new Kills(new Random(seed));
    }

    /** A test for each, in the order of the points. */
    public Stream<DynamicTest> of(final Program program, final Body body) {
        final List<Kill> all = Arrays.stream(FailPoint.values()).filter(point -> point.program() == program && point.title().startsWith(POINT))
            .flatMap(point -> random.longs(TIMES, 0, SEED_LIMIT).mapToObj(seed -> new Kill(point, seed))).toList();
        return IntStream.range(0, all.size()).mapToObj(i -> DynamicTest.dynamicTest(all.get(i).toString(),
            () -> body.live(all.get(i), all.get(Math.min(i + 1, all.size() - 1)))));
    }
}
