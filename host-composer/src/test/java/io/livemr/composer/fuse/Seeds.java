package io.livemr.composer.fuse;

import java.util.Random;

/** Randomness that can be had again. */
final class Seeds {

    private Seeds() {
    }

    /** Of {@code -Dseed=N} where given; says how to get the same run again. */
    static Random random() {
        final String given = System.getProperty("seed", "");
        final long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("replay: -Dseed=" + seed);
        return new Random(seed);
    }
}
