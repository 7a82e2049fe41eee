package io.livemr.bench.overhead;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import io.livemr.lab.LabMode;
import io.livemr.lab.LabSpec;
import io.livemr.lab.disk.DataDisk;
import io.livemr.launcher.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench guest-overhead}. */
@Command(name = "guest-overhead", mixinStandardHelpOptions = true,
    description = "Appends of 4 KiB a second to granted files, and to files of the same guest that are not. Needs root.")
public final class OverheadCommand extends Benchmark {
    private static final String UNIT = "appends/s";
    private static final double LEAST_DIRECT = 0.97;
    private static final double LEAST_BUFFERED = 0.99;
    private static final long DISK_BYTES = 32L << 30;
    /** What is told at once loses half of its appends: few pairs show that. */
    private static final int MOST_PAIRS_AT_ONCE = 5;

    @Option(names = "--mode", defaultValue = "patched", description = "stock, hypervisor or patched (default: ${DEFAULT-VALUE}).")
    private LabMode mode;

    @Option(names = "--appends", defaultValue = "3000", description = "Appends of a turn, by all threads (default: ${DEFAULT-VALUE}).")
    private int appends;

    @Option(names = "--pairs", defaultValue = "11", description = "Pairs for each figure of direct appends; buffered ones are quicker, and get ten times as many (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--batch-millis", defaultValue = "1000", description = "How long an update may wait, batched (default: ${DEFAULT-VALUE}, as ext4's own).")
    private int batchMillis;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, LabSpec.of(1).mode(mode).dataDisk(DataDisk.qcow2().withSizeBytes(DISK_BYTES)), StackSpec::withoutPanel);
        final OverheadRun run = new OverheadRun(site, appends);
        final List<Figure> figures = new ArrayList<>();
        for (final Load load : Load.all()) {
            bed.progress().accept(load.name());
            if (mode == LabMode.PATCHED) {
                figures.add(toldAtOnce(load, run.compare(load, Math.min(pairs, MOST_PAIRS_AT_ONCE), 0)));
            }
            figures.add(batched(load, run.compare(load, pairs, batchMillis)));
        }
        if (mode != LabMode.STOCK) {
            figures.add(Figure.plain("guest overhead: records that waited in QEMU for their data, at most", "records", Long.toString(run.mostWaiting())));
        }
        return new Findings("appends of 4 KiB in a guest in mode " + mode.name().toLowerCase(Locale.ROOT), pairs, figures);
    }

    private static Figure toldAtOnce(final Load load, final Comparison result) {
        return new Figure("guest overhead: " + load.name() + ", each write told at once", UNIT, List.of(
            new Series(result.oursName(), result.ours()), new Series(result.peerName(), result.peer())), result.ratios(),
            "ratio " + Figure.number(result.ratios().median()), "", null);
    }

    private static Figure batched(final Load load, final Comparison result) {
        final double least = load.isDirect() ? LEAST_DIRECT : LEAST_BUFFERED;
        return Figure.of("guest overhead: " + load.name(), UNIT, result, "ratio ≥ " + least, result.ratios().median() >= least);
    }
}
