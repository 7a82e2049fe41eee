package io.livemr.bench;

import io.livemr.bench.flood.FloodCommand;
import io.livemr.bench.growth.GrowthCommand;
import io.livemr.bench.ingest.IngestCommand;
import io.livemr.bench.job.JobCommand;
import io.livemr.bench.live.LiveCommand;
import io.livemr.bench.overhead.OverheadCommand;
import io.livemr.bench.panel.PanelCommand;
import io.livemr.bench.read.ReadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code livemr bench NAME}. Exit: 0 measured, 1 failed, 2 wrong use. An aim that is not met is no failure: it is printed. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "One benchmark beside its peers.",
    subcommands = {AllCommand.class, FloodCommand.class, GrowthCommand.class, IngestCommand.class, JobCommand.class, LiveCommand.class,
        OverheadCommand.class, PanelCommand.class, ReadCommand.class, SimulateCommand.class})
public final class Bench implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
