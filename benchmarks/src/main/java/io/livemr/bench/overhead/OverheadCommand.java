package io.livemr.bench.overhead;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import io.livemr.lab.LabMode;
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

    @Option(names = "--mode", defaultValue = "patched", description = "stock, hypervisor or patched (default: ${DEFAULT-VALUE}).")
    private LabMode mode;

    @Option(names = "--appends", defaultValue = "3000", description = "Appends of a turn, by all threads (default: ${DEFAULT-VALUE}).")
    private int appends;

    @Option(names = "--pairs", defaultValue = "11", description = "Pairs for each figure (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--batch-millis", defaultValue = "1000", description = "How long an update may wait, batched (default: ${DEFAULT-VALUE}, as ext4's own).")
    private int batchMillis;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, mode, StackSpec::withoutPanel);
        final OverheadRun run = new OverheadRun(site, appends);
        final List<Figure> figures = new ArrayList<>();
        for (final Load load : Load.all()) {
            if (mode == LabMode.PATCHED) {
                run.flushAgeMillis(0);
                figures.add(toldAtOnce(load, compare(bed, run, load)));
                run.flushAgeMillis(batchMillis);
            }
            figures.add(batched(load, compare(bed, run, load)));
        }
        if (mode != LabMode.STOCK) {
            figures.add(Figure.plain("guest overhead: records that waited in QEMU for their data, at most", "records", Long.toString(run.mostWaiting())));
        }
        return new Findings("appends of 4 KiB in a guest in mode " + mode.name().toLowerCase(Locale.ROOT), pairs, figures);
    }

    private Comparison compare(final Bed bed, final OverheadRun run, final Load load) {
        bed.progress().accept(load.name());
        return run.compare(load, pairs);
    }

    private static Figure toldAtOnce(final Load load, final Comparison result) {
        return new Figure("guest overhead: " + load.name() + ", each write told at once", UNIT, List.of(
            new Series(result.oursName(), result.ours()), new Series(result.peerName(), result.peer())), result.ratios(),
            "ratio " + Figure.number(result.ratios().median()), "", null);
    }

    private static Figure batched(final Load load, final Comparison result) {
        final double least = load.way().equals("direct") ? LEAST_DIRECT : LEAST_BUFFERED;
        return Figure.of("guest overhead: " + load.name(), UNIT, result, "ratio ≥ " + least, result.ratios().median() >= least);
    }
}
