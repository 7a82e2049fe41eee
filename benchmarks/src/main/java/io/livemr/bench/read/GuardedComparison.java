package io.livemr.bench.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.report.Figure;
import io.livemr.launcher.client.JsonHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs {@link GuardedRead} in a process of its own. */
final class GuardedComparison {

    private static final double AIM = 0.9;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private GuardedComparison() {
    }

    static List<Figure> measure(final Bed bed, final Path image, final JsonNode segments, final long lengthBytes, final int pairs) throws Exception {
        bed.progress().accept("reading through the composer's guards, without FUSE");
        final Path file = Files.writeString(bed.folder().resolve("segments.json"), segments.toString());
        final String classpath = bed.installation().jar("benchmarks") + ":" + bed.installation().classpath("host-composer");
        final List<String> command = bed.installation().javaCommand(256, classpath, GuardedRead.class.getName(), image.toString(), file.toString(),
            Long.toString(lengthBytes), Integer.toString(pairs));
        final Comparison[] comparisons = JsonHttp.JSON.readValue(bed.programs().run(LIMIT, Map.of(), command), Comparison[].class);
        return List.of(Figure.of("through Java: guarded read ÷ pread of the image", "MB/s", comparisons[0], "ratio ≥ 0.9", comparisons[0].ratios().median() >= AIM),
            without("the same, 1 MiB at a time", comparisons[1]),
            without("through Java: pread and as many idle system calls as the guards make ÷ pread, 1 MiB at a time", comparisons[2]));
    }

    private static Figure without(final String name, final Comparison comparison) {
        return Figure.of(name, "MB/s", comparison, "ratio " + Figure.number(comparison.ratios().median()));
    }
}
