package io.livemr.bench.panel;

import io.livemr.bench.measure.Samples;
import io.livemr.bench.panel.Submissions.Taken;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients that each listen to one job, until the panel ends the stream. */
final class Listeners {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final PanelProcess panel;
    private final List<CompletableFuture<HttpResponse<Stream<String>>>> opened = new ArrayList<>();

    Listeners(final PanelProcess panel) {
        this.panel = panel;
    }

    /** Kills all jobs while all listen, and counts those who heard it. */
    Figure told(final int count, final List<Taken> jobs) throws Exception {
        for (int i = 0; i < count; i++) {
            open(jobs.get(i % jobs.size()).id());
        }
        awaitOpen();
        final long begin = System.nanoTime();
        for (final Taken job : jobs) {
            panel.client().kill(job.id());
        }
        final int heard = heardTheEnd();
        final double seconds = (System.nanoTime() - begin) / 1e9;
        return new Figure("panel: listeners to events of " + jobs.size() + " jobs", "s", List.of(new Series("first kill → all told", Samples.of(seconds))), null,
            String.format("%,d of %,d told the end once, within %s s", heard, count, Figure.number(seconds)), "none lost", heard == count);
    }

    private void open(final String jobId) throws IOException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(panel.url() + "/api/v1/jobs/" + jobId + "/events"))
            .header("Authorization", panel.authorization()).build();
        opened.add(http.sendAsync(request, BodyHandlers.ofLines()));
    }

    /** Returns when each has its answer's head. Throws when one was refused. */
    private void awaitOpen() throws Exception {
        for (final CompletableFuture<HttpResponse<Stream<String>>> one : opened) {
            final int status = one.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode();
            if (status != 200) {
                throw new IOException("a listener was answered " + status);
            }
        }
    }

    /** Returns when all streams have ended. */
    private int heardTheEnd() throws Exception {
        int heard = 0;
        for (final CompletableFuture<HttpResponse<Stream<String>>> one : opened) {
            heard += one.get().body().filter(line -> line.startsWith("data:") && line.contains("\"KILLED\"")).count() == 1 ? 1 : 0;
        }
        return heard;
    }
}
