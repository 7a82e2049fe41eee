package io.livemr.bench.read;

import io.livemr.bench.hdfs.HadoopChild;
import io.livemr.bench.hdfs.ReadServer;
import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.launcher.stack.Stack;
import java.io.IOException;

/** A linked file of HDFS, beside the same bytes stored in HDFS as any file is. One client reads both. */
final class HdfsComparison {

    private static final double AIM = 0.95;
    private static final String NATIVE = "/bench/native";

    private final HadoopChild reader;

    private HdfsComparison(final HadoopChild reader) {
        this.reader = reader;
    }

    static Figure measure(final Bed bed, final Stack stack, final String linked, final Pairs pairs) throws Exception {
        try (HadoopChild reader = HadoopChild.start(bed, stack, ReadServer.class)) {
            bed.progress().accept("storing the same bytes in HDFS");
            reader.ask("copy " + linked + " " + NATIVE);
            return new HdfsComparison(reader).compare(linked, pairs);
        }
    }

    private Figure compare(final String linked, final Pairs pairs) throws Exception {
        if (!reader.ask("checksum " + linked).equals(reader.ask("checksum " + NATIVE))) {
            throw new IOException("linked and stored file differ; nothing was timed");
        }
        final Comparison comparison = pairs.run(new Contender("linked file of HDFS", () -> megabytesPerSecond(linked)),
            new Contender("stored file of HDFS", () -> megabytesPerSecond(NATIVE)));
        return Figure.of("linked HDFS file ÷ the same bytes stored in HDFS", "MB/s", comparison, "ratio ≥ 0.95", comparison.ratios().median() >= AIM);
    }

    private double megabytesPerSecond(final String file) throws IOException {
        final String[] answer = reader.ask("read " + file).split(" ");
        return Long.parseLong(answer[0]) * 1_000.0 / Long.parseLong(answer[1]);
    }
}
