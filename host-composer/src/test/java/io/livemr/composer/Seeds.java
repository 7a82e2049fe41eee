package io.livemr.composer;

import java.util.Random;

/** Random numbers that can be had again. */
public final class Seeds {

    private Seeds() {
    }

    /** From {@code -Dseed=N}, else from the clock; printed either way. */
    public static Random random(final String test) {
        final String given = System.getProperty("seed", "");
        final long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + " replay: -Dseed=" + seed);
        return new Random(seed);
    }
}
