package io.livemr.bench.ingest;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.PeerException;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import io.livemr.launcher.stack.StackSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench ingest}. */
@Command(name = "ingest", mixinStandardHelpOptions = true,
    description = "Composing a file of a VM into HDFS, beside copying it out and putting it there. Needs root.")
public final class IngestCommand extends Benchmark {

    private static final double AIM = 100;
    private static final String FILE = "/bench";

    @Option(names = "--bytes", defaultValue = "1073741824", description = "Length of the file (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--pairs", defaultValue = "3", description = "Pairs that are measured in turns for each peer (default: ${DEFAULT-VALUE}).")
    private int pairs;

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, StackSpec::withoutPanel);
        final String guestPath = "/data" + FILE;
        bed.progress().accept("the guest writes " + lengthBytes + " bytes");
        site.fill(guestPath, lengthBytes);
        final Path composed = Path.of(site.compose(Site.REQUESTER, guestPath).get("path").asText());
        final Path image = site.vm().dataImage();
        try (WarmLinker linker = new WarmLinker(bed, site)) {
            linker.warmUp(guestPath);
            for (final CopyOut copy : List.of(new DebugfsCopy(bed, image, FILE), new GuestfishCopy(bed, image, FILE),
                new NetworkCopy(bed, site.vm(), guestPath))) {
                measure(bed, new IngestRun(bed, site, linker, guestPath, composed), copy);
            }
        }
        return new Findings(String.format("%,d bytes of a running VM on qcow2 into HDFS, granted before", lengthBytes), pairs, figures, skipped);
    }

    /** A peer that cannot do it here is left out, with the reason. */
    private void measure(final Bed bed, final IngestRun run, final CopyOut copy) throws Exception {
        final Optional<String> obstacle = copy.obstacle();
        if (obstacle.isPresent()) {
            skipped.add(copy.skipped(obstacle.get()));
            return;
        }
        try {
            PeerException.guard(copy::prepare);
            addFigures(run, copy, new Pairs(pairs, bed.progress()).run(run.ours(), run.peer(copy)));
        } catch (final PeerException e) {
            skipped.add(copy.skipped(e.getMessage()));
        }
    }

    private void addFigures(final IngestRun run, final CopyOut copy, final Comparison whole) {
        final Map<String, Object> oursFacts = Map.of("writtenBytes", Samples.of(run.oursWrittenBytes()).median());
        final Map<String, Object> peerFacts = Map.of("writtenBytes", Samples.of(run.peerWrittenBytes()).median());
        final Samples link = Samples.of(run.linkSeconds());
        final double times = whole.peer().median() / link.median();
        figures.add(new Figure("ingest: composing ÷ " + copy.name() + " + put", "s",
            List.of(new Series("composing by the panel's linker", link, oursFacts), new Series(whole.oursName(), whole.ours(), oursFacts),
                new Series(whole.peerName(), whole.peer(), peerFacts)), whole.ratios(),
            value(whole, link, times, run), "≥ 100 × quicker, 0 data bytes written", times >= AIM && wroteNoData(run)));
    }

    /** What it did write are link records and the DataNode's own notes. */
    private boolean wroteNoData(final IngestRun run) {
        return Samples.of(run.oursWrittenBytes()).max() < lengthBytes / 100.0;
    }

    private static String value(final Comparison whole, final Samples link, final double times, final IngestRun run) {
        return Figure.number(link.median()) + " s against " + Figure.number(whole.peer().median()) + " s: " + Figure.number(times) + " × (whole command "
            + Figure.number(whole.ours().median()) + " s: " + Figure.number(1 / whole.ratios().median()) + " ×); "
            + String.format(Locale.ROOT, "%,.0f against %,.0f bytes written", Samples.of(run.oursWrittenBytes()).median(),
                Samples.of(run.peerWrittenBytes()).median());
    }
}
