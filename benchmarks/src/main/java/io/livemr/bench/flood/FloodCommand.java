package io.livemr.bench.flood;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import io.livemr.lab.LabSpec;
import io.livemr.launcher.stack.StackSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench flood}. */
@Command(name = "flood", mixinStandardHelpOptions = true,
    description = "What a VM that sends its composer all it can costs host and neighbours, beside one that is as busy by itself. Needs root.")
public final class FloodCommand extends Benchmark {

    private static final String FILE = "/data/neighbour";
    private static final long FILE_BYTES = 16 << 20;
    private static final double MOST_PERCENT = 25;
    private static final double LEAST_READS = 0.9;

    @Option(names = "--pairs", defaultValue = "5", description = "Pairs for each figure (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--seconds", defaultValue = "5", description = "How long each half of a pair lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, LabSpec.of(2), StackSpec::withoutPanel);
        site.fill(FILE, FILE_BYTES);
        final Path composed = Path.of(site.compose(Site.REQUESTER, FILE).get("path").asText());
        final FloodingGuest guest = new FloodingGuest(site.vm("vm2"));
        final FloodRun run = new FloodRun(site, guest, seconds);
        final List<Figure> figures = new ArrayList<>();
        for (final FloodLines lines : FloodLines.values()) {
            bed.progress().accept(lines.words());
            guest.load(lines);
            figures.add(cost(lines, compare(bed, run.composerPercent(true), run.composerPercent(false))));
            figures.add(neighbour(lines, compare(bed, run.readsPerSecond(true, composed), run.readsPerSecond(false, composed))));
        }
        return new Findings("a VM whose root floods its composer, and a file of another VM", pairs, figures);
    }

    private Comparison compare(final Bed bed, final Contender flooding, final Contender busy) throws Exception {
        return new Pairs(pairs, bed.progress()).run(flooding, busy);
    }

    private static Figure cost(final FloodLines lines, final Comparison result) {
        final double percent = result.ours().median() - result.peer().median();
        return new Figure("a flooding VM's share of one processor: " + lines.words(), "% of one processor",
            List.of(new Series(result.oursName(), result.ours()), new Series(result.peerName(), result.peer())), null,
            Figure.number(percent) + " %", "≤ " + Figure.number(MOST_PERCENT) + " %", percent <= MOST_PERCENT);
    }

    private static Figure neighbour(final FloodLines lines, final Comparison result) {
        return Figure.of("reads of a neighbour's file while a VM floods: " + lines.words(), "reads/s", result, "ratio ≥ " + LEAST_READS,
            result.ratios().median() >= LEAST_READS);
    }
}
