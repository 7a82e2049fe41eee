package io.livemr.simulation.schedule;

import java.util.List;
import java.util.Random;

/** Choices, all of them from one seed. For one thread. */
public final class Chance {

    private final Random random;

    public Chance(final long seed) {
        this.random = new Random(seed);
    }

    /** From 0 on, below the limit. */
    public int below(final int limit) {
        return random.nextInt(limit);
    }

    /** Both ends are possible. */
    public int between(final int least, final int most) {
        return least + below(most - least + 1);
    }

    /** True in so many of a hundred cases. */
    public boolean percent(final int percent) {
        return below(100) < percent;
    }

    public <T> T oneOf(final List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
