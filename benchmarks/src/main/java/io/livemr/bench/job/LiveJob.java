package io.livemr.bench.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.process.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ours: submitted to the control panel by REST, composed by it, and run on the log where it is. */
final class LiveJob {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration STEP = Duration.ofMillis(50);

    private final Bed bed;
    private final Site site;
    private final String path;

    LiveJob(final Bed bed, final Site site, final String path) {
        this.bed = bed;
        this.site = site;
        this.path = path;
    }

    /** Seconds from the submission to the end. */
    double run(final JobKind kind, final long leastLines) throws IOException {
        final PanelClient panel = site.stack().panel();
        final long start = System.nanoTime();
        final String id = panel.submit(request(kind));
        final boolean ended = Poll.until(LIMIT, STEP, () -> PanelClient.hasEnded(panel.job(id).path("state").asText()));
        final double seconds = (System.nanoTime() - start) / 1e9;
        final JsonNode job = panel.job(id);
        if (!ended || !job.path("state").asText().equals("SUCCEEDED")) {
            throw new IOException("the job did not succeed: " + job);
        }
        InputLines.require(panel.log(id), leastLines);
        return seconds;
    }

    private JobRequest request(final JobKind kind) {
        final List<String> args = new ArrayList<>(kind.argsBefore());
        args.addAll(List.of("{input}", "{output}"));
        return new JobRequest("bench " + kind.name(), bed.installation().jar("examples"), kind.mainClass(), args,
            List.of(new JobRequest.Input(site.vm().domain(), path)));
    }
}
