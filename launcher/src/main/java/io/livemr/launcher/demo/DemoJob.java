package io.livemr.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.client.JobRequest;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.Poll;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One WordCount over the log, through the control panel's REST interface; a user's program would do the same. */
final class DemoJob {
    /** One counter line of a stock job's report. Each line of the log is one record. */
    private static final Pattern RECORDS = Pattern.compile("Map input records=(\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofMillis(200);

    private final PanelClient panel;
    private final WebHdfsClient hdfs;
    private final String id;

    private DemoJob(final PanelClient panel, final WebHdfsClient hdfs, final String id) {
        this.panel = panel;
        this.hdfs = hdfs;
        this.id = id;
    }

    static DemoJob submit(final PanelClient panel, final WebHdfsClient hdfs, final JobRequest request) {
        return new DemoJob(panel, hdfs, panel.submit(request));
    }

    String id() {
        return id;
    }

    /** Waits for one of the states, named as the panel does; a job that ended otherwise is an error with the panel's words. */
    void awaitState(final String... wanted) {
        final String[] state = {""};
        final boolean came = Poll.until(LIMIT, STEP, () -> {
            state[0] = panel.job(id).path("state").asText();
            return List.of(wanted).contains(state[0]) || PanelClient.hasEnded(state[0]);
        });
        if (!came || !List.of(wanted).contains(state[0])) {
            throw new IllegalStateException("job " + id + " is " + state[0] + " and not " + String.join(" or ", wanted) + why());
        }
    }

    private String why() {
        final JsonNode job = panel.job(id);
        final String log = panel.log(id);
        return ": reason=" + job.path("reason").asText("") + " " + job.path("message").asText("")
            + (log.isBlank() ? "" : "\nthe end of its log:\n" + log.substring(Math.max(0, log.length() - 2_000)));
    }

    /** How many lines of the log the job read. */
    long inputLines() {
        return recordsIn(panel.log(id)).orElseThrow(
            () -> new IllegalStateException("the log of job " + id + " does not say how many records it read" + why()));
    }

    /** Each task prints its own counters; the last ones are the whole job's. */
    static OptionalLong recordsIn(final String log) {
        return RECORDS.matcher(log).results().mapToLong(found -> Long.parseLong(found.group(1))).reduce((first, second) -> second);
    }

    WordTable result() {
        final String folder = panel.job(id).path("output").asText();
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        hdfs.list(folder).forEach(file -> {
            final String name = file.path("pathSuffix").asText();
            if (name.startsWith("part-")) {
                all.writeBytes(hdfs.read(folder + "/" + name));
            }
        });
        return WordTable.ofJobOutput(all.toByteArray());
    }
}
