package io.livemr.bench.report;

import io.livemr.launcher.cli.OutputOption;
import picocli.CommandLine.Mixin;

/** Options that all benchmarks have. */
public final class ReportOptions {

    @Mixin
    private OutputOption output;

    public void print(final Report report) {
        output.print(report, report.text());
    }

    public boolean isJson() {
        return output.isJson();
    }
}
