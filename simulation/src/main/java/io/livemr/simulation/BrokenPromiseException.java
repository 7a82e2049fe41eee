package io.livemr.simulation;

import io.livemr.simulation.host.WrongBytesException;
import java.util.List;

/** A seed under which S1 is broken, and how to see it again. */
public final class BrokenPromiseException extends Exception {

    private final long seed;

    BrokenPromiseException(final long seed, final WrongBytesException cause, final List<String> happened) {
        super(cause.getMessage() + System.lineSeparator() + "before that: " + String.join(", ", happened) + System.lineSeparator()
                + "replay: ./livemr bench simulate --seeds 1 --seed " + seed, cause);
        this.seed = seed;
    }

    public long seed() {
        return seed;
    }
}
