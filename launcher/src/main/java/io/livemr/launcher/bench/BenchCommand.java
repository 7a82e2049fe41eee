package io.livemr.launcher.bench;

import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.stack.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code livemr bench NAME [ARGS]}. */
@Command(name = "bench", footer = ExitCode.HELP, description = "One benchmark beside its peers. Without a name: which there are.")
public final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME [ARGS]", description = "The benchmark's name, and arguments for it.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        final Installation installation = Installation.find();
        final List<String> command = new ArrayList<>(List.of(installation.java(), "-Dlivemr.home=" + installation.home(),
            "-cp", installation.classpath("benchmarks"), "io.livemr.bench.Bench"));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
