package io.livemr.bench;

import io.livemr.launcher.stack.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench simulate}: in a process of its own, with the composer's class path. */
@Command(name = "simulate", mixinStandardHelpOptions = true, footer = "Exit: 0 no read was wrong, 1 one was, and how to replay it.",
    description = "Seeds of the simulation a second, reads that were right, and reads that were refused, by reason.")
public final class SimulateCommand implements Callable<Integer> {

    private static final int HEAP_MEBIBYTES = 512;

    @Option(names = "--seeds", defaultValue = "10000", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(names = "--seed", description = "The first of them (default: one from the clock).")
    private Long first;

    @Override
    public Integer call() throws Exception {
        final Installation installation = Installation.find();
        final String classpath = installation.jar("simulation") + ":" + installation.classpath("host-composer");
        final List<String> command = new ArrayList<>(installation.javaCommand(
                HEAP_MEBIBYTES, classpath, "io.livemr.simulation.Main", "--seeds", Long.toString(seeds)));
        if (first != null) {
            command.addAll(List.of("--seed", Long.toString(first)));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
