package io.livemr.bench.panel;

import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.PanelClient.JobText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Submits the WordCount of examples, which is a small jar. */
final class Submissions {

    private static final JobText JOB = new JobText("application/json",
        "{\"mainClass\": \"io.livemr.examples.WordCount\", \"inputs\": [{\"vm\": \"vm1\", \"path\": \"/data/app.log\"}]}");
    private static final int WARM_UP = 10;
    private static final double AIM_MILLIS = 100;

    private final PanelClient panel;
    private final Path jar;

    Submissions(final Bed bed, final PanelClient panel) {
        this.panel = panel;
        this.jar = bed.installation().jar("examples");
    }

    /** A job that was taken, and how long that took. */
    record Taken(String id, double millis) { }

    Figure alone(final int count) {
        Stream.generate(this::submit).limit(WARM_UP).toList();
        final Samples samples = millis(Stream.generate(this::submit).limit(count).toList());
        return new Figure("panel: submission → 202, job durable", "ms", List.of(new Series("one after the other", samples)), null,
            "p50 " + Figure.number(samples.median()) + " ms, p99 " + Figure.number(samples.p99()) + " ms", "p50 ≤ 100 ms", samples.median() <= AIM_MILLIS);
    }

    /** Throws when one of them is refused or gets no answer. */
    List<Taken> atOnce(final int count) throws Exception {
        final ExecutorService users = Executors.newFixedThreadPool(count);
        try {
            final Callable<Taken> one = this::submit;
            final List<Taken> all = new ArrayList<>();
            for (final Future<Taken> answer : users.invokeAll(Collections.nCopies(count, one))) {
                all.add(answer.get());
            }
            return all;
        } finally {
            users.shutdownNow();
        }
    }

    static Figure together(final List<Taken> jobs) {
        final Samples samples = millis(jobs);
        final long taken = jobs.stream().map(Taken::id).distinct().count();
        return new Figure("panel: " + jobs.size() + " submissions at once", "ms", List.of(new Series("submission → 202", samples)), null,
            taken + " of " + jobs.size() + " taken, p99 " + Figure.number(samples.p99()) + " ms", "none lost", taken == jobs.size());
    }

    private Taken submit() {
        final long begin = System.nanoTime();
        final String id = panel.submit(JOB, jar).path("id").asText();
        return new Taken(id, (System.nanoTime() - begin) / 1e6);
    }

    private static Samples millis(final List<Taken> jobs) {
        return Samples.of(jobs.stream().map(Taken::millis).toList());
    }
}
