package io.livemr.bench;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Folders;
import io.livemr.bench.host.Teardown;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Machine;
import io.livemr.bench.report.Report;
import io.livemr.bench.report.ReportOptions;
import io.livemr.launcher.stack.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One benchmark: makes its bed, measures, prints, and leaves nothing. */
public abstract class Benchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReportOptions options;

    /** Does the measuring. What it starts it adds to the bed's teardown. */
    protected abstract Findings measure(Bed bed) throws Exception;

    @Override
    public final Integer call() throws Exception {
        options.print(run());
        return 0;
    }

    final Report run() throws Exception {
        final Installation installation = Installation.find();
        final Machine machine = Machine.thisOne();
        final String name = spec.name();
        try (Teardown teardown = Teardown.begin()) {
            final Bed bed = new Bed(installation, Folders.temporary(teardown), teardown, step -> System.err.println("bench " + name + ": " + step));
            final Findings findings = measure(bed);
            teardown.requireNotEnded();
            // Said here too, as it would be lost with what fails later.
            findings.skipped().forEach(step -> System.err.println("bench " + name + ": " + step));
            return Report.now(name, command(), installation.home(), machine, findings);
        }
    }

    /** As it was called, without the form of the output. */
    private String command() {
        final String words = String.join(" ", spec.commandLine().getParseResult().originalArgs()).replaceAll("--output[= ]\\S+", "");
        return ("bench " + (words.contains(spec.name()) ? words : spec.name())).strip().replaceAll(" +", " ");
    }
}
