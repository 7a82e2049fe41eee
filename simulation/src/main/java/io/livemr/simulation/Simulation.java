package io.livemr.simulation;

import io.livemr.simulation.host.Tally;
import io.livemr.simulation.host.WrongBytesException;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.PlantedBug;
import java.nio.file.Path;
import java.util.Set;

/** Runs of one simulation, one after the other; all that happens in a run is decided by its seed. For one thread. */
public final class Simulation {

    private static final int STEPS = 600;
    private static final int READ_PERCENT = 20;
    private static final int INTERRUPTED_PERCENT = 20;
    private static final int MOST_AT_ONCE = 6;
    private static final int LONG_PERCENT = 15;
    private static final int LONGEST = 60;
    private static final int LAST_SHOWN = 40;

    private final Path folder;
    private final Set<PlantedBug> bugs;
    private final Tally tally = new Tally();

    /**
     * @param folder where the images are, which nobody else uses.
     * @param bugs   to have; none, but to show that they are found.
     */
    public Simulation(final Path folder, final Set<PlantedBug> bugs) {
        this.folder = folder;
        this.bugs = Set.copyOf(bugs);
    }

    /** @throws BrokenPromiseException if S1 was broken, with the facts. */
    public void run(final long seed) throws BrokenPromiseException {
        final Chance chance = new Chance(seed);
        final Run run = new Run(chance);
        try (World world = new World(folder, chance, bugs, tally, run::interrupted)) {
            run.all(world);
        } catch (final WrongBytesException e) {
            throw new BrokenPromiseException(seed, e, run.happenings.last(LAST_SHOWN));
        }
    }

    /** @throws BrokenPromiseException of the first seed that broke S1. */
    public void run(final long firstSeed, final long seeds) throws BrokenPromiseException {
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            run(seed);
        }
    }

    public Tally tally() {
        return tally;
    }

    /** One seed. */
    private static final class Run {

        private final Chance chance;
        private Happenings happenings;
        private boolean interrupted;

        Run(final Chance chance) {
            this.chance = chance;
        }

        void all(final World world) throws WrongBytesException {
            happenings = new Happenings(world);
            world.time.whenAsked(this::interrupted);
            for (int step = 0; step < STEPS; step++) {
                if (chance.percent(READ_PERCENT)) {
                    world.read();
                } else {
                    happen();
                }
            }
        }

        /** A read is between two of its steps. What happens now is not interrupted itself. */
        void interrupted() {
            if (!interrupted && chance.percent(INTERRUPTED_PERCENT)) {
                final int count = chance.percent(LONG_PERCENT) ? chance.between(MOST_AT_ONCE, LONGEST) : chance.between(1, MOST_AT_ONCE);
                for (int i = 0; i < count; i++) {
                    happen();
                }
            }
        }

        private void happen() {
            interrupted = true;
            try {
                happenings.next();
            } finally {
                interrupted = false;
            }
        }
    }
}
