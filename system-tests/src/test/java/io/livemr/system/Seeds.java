package io.livemr.system;

import java.util.random.RandomGenerator;

/** Seeds of random tests: {@code -Dseed=N} replays one, and each run says which it took. */
public final class Seeds {
    private Seeds() {
    }

    public static long next(final String test) {
        final String given = System.getProperty("seed", "");
        final long seed = given.isBlank() ? RandomGenerator.getDefault().nextLong() : Long.parseLong(given);
        System.out.println(test + ": replay: -Dseed=" + seed);
        return seed;
    }
}
