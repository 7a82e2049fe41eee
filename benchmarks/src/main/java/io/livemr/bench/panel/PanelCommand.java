package io.livemr.bench.panel;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.panel.Submissions.Taken;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench panel}. */
@Command(name = "panel", mixinStandardHelpOptions = true, description = "The control panel: its cold start, its answer to a submission, many submissions "
    + "and listeners at once, a jar that is too large, and what it adds to a job beside yarn jar. Needs root.")
public final class PanelCommand extends Benchmark {

    private static final int HEAP_MEBIBYTES = 320;

    @Option(names = "--starts", defaultValue = "5", description = "Cold starts (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--submits", defaultValue = "100", description = "Submissions, one after the other and then at once (default: ${DEFAULT-VALUE}).")
    private int submits;

    @Option(names = "--listeners", defaultValue = "1000", description = "Listeners to events at once (default: ${DEFAULT-VALUE}).")
    private int listeners;

    @Option(names = "--bytes", defaultValue = "1073741824", description = "Length of the jar that is too large (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--pairs", defaultValue = "7", description = "Jobs through the panel and by yarn jar, in turns (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final List<Figure> figures = new ArrayList<>();
        final Path state = bed.folder().resolve("panel");
        figures.add(coldStart(bed, state));
        try (PanelProcess panel = PanelProcess.start(bed, state, HEAP_MEBIBYTES)) {
            figures.addAll(load(bed, panel));
        }
        bed.progress().accept("a jar of " + lengthBytes + " bytes");
        figures.add(new LargeJar(lengthBytes).refusal(bed));
        bed.progress().accept("beside yarn jar");
        figures.add(new Acceptance(bed).compare(pairs));
        return new Findings("a panel on loopback, small jars; its composer gives no answer, and in the last figure it has one VM", pairs, figures);
    }

    private Figure coldStart(final Bed bed, final Path state) throws IOException, InterruptedException {
        final List<Double> seconds = new ArrayList<>();
        // The first one makes the database, and is not counted.
        for (int i = 0; i <= starts; i++) {
            bed.progress().accept("start " + i + " of " + starts);
            try (PanelProcess panel = PanelProcess.start(bed, state, HEAP_MEBIBYTES)) {
                seconds.add(panel.startSeconds());
            }
        }
        final Samples samples = Samples.of(seconds.subList(1, seconds.size()));
        return Figure.plain("panel: cold start", "s", Figure.number(samples.median()) + " s", new Series("process begun → serves", samples));
    }

    private List<Figure> load(final Bed bed, final PanelProcess panel) throws Exception {
        final Submissions submissions = new Submissions(bed, panel.client());
        bed.progress().accept(submits + " submissions, one after the other");
        final Figure alone = submissions.alone(submits);
        bed.progress().accept(submits + " submissions at once");
        final List<Taken> jobs = submissions.atOnce(submits);
        bed.progress().accept(listeners + " listeners");
        return List.of(alone, Submissions.together(jobs), new Listeners(panel).told(listeners, jobs));
    }
}
