package io.livemr.bench.job;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.log.GuestLog;
import io.livemr.bench.log.LogLine;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench job}. */
@Command(name = "job", mixinStandardHelpOptions = true,
    description = "WordCount and grep over a log that a VM is writing, beside copying it into HDFS first. Needs root.")
public final class JobCommand extends Benchmark {

    private static final String LOG = "/data/job.log";
    private static final int EVERY_MILLIS = 100;
    private static final int LINES_EACH = 80;

    @Option(names = "--bytes", defaultValue = "268435456", description = "Length of the log at first (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--pairs", defaultValue = "3", description = "Pairs that are measured in turns for each job (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, spec -> spec);
        final GuestLog log = GuestLog.start(bed, site.vm(), LOG);
        bed.progress().accept("the guest writes " + lengthBytes + " bytes");
        log.append((int) (lengthBytes / LogLine.BYTES));
        site.grantToPanel(LOG);
        log.run(LINES_EACH, EVERY_MILLIS);
        final List<Figure> figures = new ArrayList<>();
        for (final JobKind kind : JobKind.ALL) {
            bed.progress().accept(kind.name());
            figures.add(compare(bed, site, log, kind));
        }
        log.stop();
        return new Findings(String.format("a log of %,d bytes that grows by %,d bytes a second, granted before", lengthBytes,
            LINES_EACH * LogLine.BYTES * 1_000 / EVERY_MILLIS), pairs, figures);
    }

    private Figure compare(final Bed bed, final Site site, final GuestLog log, final JobKind kind) throws Exception {
        final LiveJob ours = new LiveJob(bed, site, LOG);
        final CopiedJob peer = new CopiedJob(bed, site, LOG);
        final Comparison comparison = new Pairs(pairs, bed.progress()).run(
            new Contender(kind.name() + " on the live file", () -> ours.run(kind, syncedLines(log))),
            new Contender("copy over the network + put + " + kind.name(), () -> peer.run(kind, syncedLines(log))));
        final String value = Figure.number(comparison.ours().median()) + " s against " + Figure.number(comparison.peer().median()) + " s: "
            + Figure.number(1 / comparison.ratios().median()) + " × quicker";
        return Figure.of("job: " + kind.name() + " on a live log", "s", comparison, value, "quicker than copying first", comparison.ratios().median() < 1);
    }

    private static long syncedLines(final GuestLog log) throws IOException {
        if (!log.isRunning()) {
            throw new IOException("the guest's writer went away");
        }
        return log.reports().syncedBytes() / LogLine.BYTES;
    }
}
