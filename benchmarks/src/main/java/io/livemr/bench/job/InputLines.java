package io.livemr.bench.job;

import java.io.IOException;
import java.util.regex.Pattern;

/** How many lines a job read: one counter in a stock job's report. */
final class InputLines {

    private static final Pattern RECORDS = Pattern.compile("Map input records=(\\d+)");

    private InputLines() {
    }

    static long in(final String log) throws IOException {
        // Each task reports before the job does.
        return RECORDS.matcher(log).results().reduce((task, job) -> job).map(counter -> Long.parseLong(counter.group(1)))
            .orElseThrow(() -> new IOException(
                "a job's log does not say what it read: " + log.substring(Math.max(0, log.length() - 1_000))));
    }

    /** A job that missed lines was not the same job. */
    static void require(final String log, final long leastLines) throws IOException {
        if (in(log) < leastLines) {
            throw new IOException("a job read " + in(log) + " lines though " + leastLines + " were synced when it began");
        }
    }
}
