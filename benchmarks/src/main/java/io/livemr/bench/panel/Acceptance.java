package io.livemr.bench.panel;

import io.livemr.bench.hdfs.YarnJar;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import io.livemr.bench.host.Site;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.JobRequest.Input;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.process.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** From a submission to the panel until Hadoop has taken the job, beside {@code yarn jar} by hand on the same bytes stored in HDFS. */
final class Acceptance {

    private static final String MAIN_CLASS = "io.livemr.examples.WordCount";
    private static final String FILE = "/data/small.log";
    private static final String STORED = "/bench-stored";
    /** What Hadoop's own client says once the job was taken. */
    private static final String TAKEN = "Running job: ";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final double AIM_MILLIS = 100;

    private final Bed bed;
    private final Site site;
    private int runs;

    Acceptance(final Bed bed) {
        this.bed = bed;
        this.site = Site.up(bed, spec -> spec);
    }

    Figure compare(final int pairs) throws Exception {
        store();
        site.grantToPanel(FILE);
        final Comparison comparison = new Pairs(pairs, bed.progress()).run(
            new Contender("panel, a file of a VM", this::throughThePanel), new Contender("yarn jar, the file in HDFS", this::byHand));
        final double moreMillis = (comparison.ours().median() - comparison.peer().median()) * 1e3;
        return Figure.of("panel: submission → taken by Hadoop, beside yarn jar", "s", comparison, Figure.number(moreMillis) + " ms more",
            "≤ " + Figure.number(AIM_MILLIS) + " ms more", moreMillis <= AIM_MILLIS);
    }

    private void store() throws IOException {
        final Path copy = Files.writeString(bed.folder().resolve("stored"), "a line of the log\n".repeat(1_000));
        site.vm().execAs(Site.OWNER, "yes a line of the log | head -1000 > " + FILE + " && sync").orThrow();
        site.hdfs("-put", copy.toString(), STORED);
    }

    private double throughThePanel() throws IOException {
        final PanelClient panel = site.stack().panel();
        final long begin = System.nanoTime();
        final String id = panel.submit(new JobRequest("bench", bed.installation().jar("examples"), MAIN_CLASS, List.of(),
            List.of(new Input(site.vm().domain(), FILE))));
        // The file and not the panel's REST: a question each 10 ms would take a third of a processor from the driver, which the peer is not asked.
        final Path log = site.stack().layout().panel().resolve("jobs").resolve(id).resolve("driver/log");
        final boolean taken = Poll.until(LIMIT, STEP, () -> says(log));
        final double seconds = (System.nanoTime() - begin) / 1e9;
        require(taken, panel.job(id).toString());
        panel.kill(id);
        require(Poll.until(LIMIT, STEP, () -> panel.job(id).path("cleanedUp").asBoolean()), id + " is not cleaned up");
        return seconds;
    }

    private double byHand() throws IOException, InterruptedException {
        final String name = "by-hand-" + ++runs;
        final Path log = bed.folder().resolve(name + ".log");
        final List<String> command = new YarnJar(bed, site.stack()).command(bed.folder().resolve(name), List.of(MAIN_CLASS, STORED, "/" + name));
        final long begin = System.nanoTime();
        final Process driver = bed.programs().startServer(name, command);
        final boolean taken = Poll.until(LIMIT, STEP, () -> says(log) || !driver.isAlive());
        final double seconds = (System.nanoTime() - begin) / 1e9;
        require(taken && says(log), Programs.lastWords(log));
        Programs.end(driver);
        return seconds;
    }

    private static boolean says(final Path log) {
        try {
            return Files.exists(log) && Files.readString(log).contains(TAKEN);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(final boolean done, final String words) throws IOException {
        if (!done) {
            throw new IOException("the job was not taken: " + words);
        }
    }
}
