package io.livemr.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code livemr bench simulate}, in a process of its own. */
@Command(name = "simulate", mixinStandardHelpOptions = true, footer = "Exit: 0 no read was wrong, 1 one was, 2 wrong use.",
    description = "A VM, its QEMU and a composer as models and real classes in one thread, and reads that are compared with what the file held.")
public final class Main implements Callable<Integer> {

    @Option(names = "--seeds", defaultValue = "10000", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(names = "--seed", description = "The first of them (default: one from the clock).")
    private Long first;

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        final Path folder = Files.createTempDirectory("livemr-simulation");
        try {
            return simulate(new Simulation(folder, Set.of()), first == null ? System.nanoTime() : first);
        } finally {
            delete(folder);
        }
    }

    private int simulate(final Simulation simulation, final long firstSeed) {
        final long began = System.nanoTime();
        try {
            simulation.run(firstSeed, seeds);
        } catch (final BrokenPromiseException e) {
            System.out.println(e.getMessage());
            return 1;
        }
        report(simulation, firstSeed, System.nanoTime() - began);
        return 0;
    }

    private void report(final Simulation simulation, final long firstSeed, final long nanos) {
        final double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        System.out.printf(Locale.ROOT, "simulated: %d seeds from %d on, %.0f seeds/s%n", seeds, firstSeed, seeds / seconds);
        System.out.printf(Locale.ROOT, "reads: %d right, 0 wrong%n", simulation.tally().rightReads());
        simulation.tally().refusedReads().forEach((reason, count) -> System.out.printf(Locale.ROOT, "refused: %s %d%n", reason, count));
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
