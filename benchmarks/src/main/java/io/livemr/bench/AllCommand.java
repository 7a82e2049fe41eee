package io.livemr.bench;

import io.livemr.bench.growth.GrowthCommand;
import io.livemr.bench.ingest.IngestCommand;
import io.livemr.bench.job.JobCommand;
import io.livemr.bench.live.LiveCommand;
import io.livemr.bench.panel.PanelCommand;
import io.livemr.bench.read.ReadCommand;
import io.livemr.bench.report.Report;
import io.livemr.bench.report.ReportOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench all}: what docs/benchmarks.md lists, one after the other, each with its defaults. */
@Command(name = "all", mixinStandardHelpOptions = true, footer = "Exit: 0 all were measured, 1 at least one failed; the others are printed.",
    description = "All of them with their defaults: the rows of the table in docs/benchmarks.md. With --output json: a report a line.")
public final class AllCommand implements Callable<Integer> {

    @Mixin
    private ReportOptions options;

    private int failed;

    @Override
    public Integer call() {
        List.of(new GrowthCommand(), new IngestCommand(), new ReadCommand(), new JobCommand(), new LiveCommand(), new PanelCommand()).forEach(this::runOne);
        return failed == 0 ? 0 : 1;
    }

    /** One that fails does not keep the next from running; one that was ended does. */
    private void runOne(final Benchmark benchmark) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        final CommandLine defaults = new CommandLine(benchmark);
        defaults.parseArgs();
        try {
            print(benchmark.run());
        } catch (final Exception e) {
            failed++;
            System.err.println("bench " + defaults.getCommandName() + ": failed: " + e.getMessage());
        }
    }

    private void print(final Report report) {
        if (options.isJson()) {
            options.print(report);
        } else {
            report.rows().forEach(System.out::println);
            report.skipped().forEach(System.err::println);
        }
    }
}
