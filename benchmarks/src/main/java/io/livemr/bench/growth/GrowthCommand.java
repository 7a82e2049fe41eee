package io.livemr.bench.growth;

import io.livemr.bench.Benchmark;
import io.livemr.bench.hdfs.GrowthWatcher;
import io.livemr.bench.hdfs.HadoopChild;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.log.GuestLog;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import io.livemr.bench.report.Series;
import io.livemr.lab.LabMode;
import io.livemr.launcher.stack.StackSpec;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench growth}. */
@Command(name = "growth", mixinStandardHelpOptions = true,
    description = "From a guest's fsync until a reader has read and checked the new line: of the composed file, and of HDFS. Needs root.")
public final class GrowthCommand extends Benchmark {

    private static final String LOG = "/data/growth.log";
    private static final String HDFS_PATH = "/bench/growth.log";
    private static final int HISTORY_LINES = 8_192;
    private static final double AIM_P50_MILLIS = 20;
    private static final double AIM_P99_MILLIS = 50;

    @Option(names = "--appends", defaultValue = "300", description = "Appends that are counted (default: ${DEFAULT-VALUE}).")
    private int appends;

    @Option(names = "--pause", defaultValue = "100", description = "Milliseconds between them, at most; at random (default: ${DEFAULT-VALUE}).")
    private int pauseMillis;

    @Option(names = "--mode", defaultValue = "stock", description = "stock, hypervisor or patched (default: ${DEFAULT-VALUE}).")
    private LabMode mode;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, mode, StackSpec::withoutPanel);
        final GuestLog log = GuestLog.start(bed, site.vm(), LOG);
        log.append(HISTORY_LINES);
        bed.progress().accept("composing");
        final String composed = "file://" + site.compose(Site.REQUESTER, LOG).path("path").asText();
        site.link(LOG, HDFS_PATH);
        final Figure hdfs = figure("guest fsync → read in HDFS", growths(bed, site, log, HDFS_PATH));
        final Figure file = figure("guest fsync → read in the composed file", growths(bed, site, log, composed));
        return new Findings(appends + " appends of one line of 128 bytes to a log of a VM, a reader waiting", appends, List.of(hdfs, file));
    }

    /** One reader at a time: two would take each other's processor. HDFS follows the file in both. */
    private GrowthRun.Growths growths(final Bed bed, final Site site, final GuestLog log, final String path) throws Exception {
        try (HadoopChild reader = HadoopChild.start(bed, site.stack(), GrowthWatcher.class, path);
            EditLog edits = new EditLog(bed.folder().resolve("edits"))) {
            final GrowthRun run = new GrowthRun(log, reader, edits, pauseMillis);
            run.warmUp();
            bed.progress().accept("appending " + appends + " times, read at " + path);
            return run.run(appends);
        }
    }

    private static Figure figure(final String name, final GrowthRun.Growths growths) {
        final Samples visible = growths.visibleMillis();
        final String value = "p50 " + Figure.number(visible.median()) + " ms, p99 " + Figure.number(visible.p99()) + " ms";
        final boolean met = visible.median() <= AIM_P50_MILLIS && visible.p99() <= AIM_P99_MILLIS;
        return new Figure(name, "ms",
            List.of(new Series("fsync report heard → line read and checked", visible),
                new Series("the report's own way here (half a round trip)", growths.reportMillis()),
                new Series("the NameNode's part: four small records synced to the same disk", growths.editsMillis())),
            null, value, "p50 ≤ 20 ms, p99 ≤ 50 ms", met);
    }
}
