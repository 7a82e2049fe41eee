package io.livemr.bench.report;

import io.livemr.launcher.cli.OutputOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that all benchmarks have. */
public final class ReportOptions {

    @Option(names = "--pairs", defaultValue = "7", description = "Pairs that are measured in turns (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Mixin
    private OutputOption output;

    public int pairs() {
        return pairs;
    }

    public void print(final Report report) {
        output.print(report, report.text());
    }
}
