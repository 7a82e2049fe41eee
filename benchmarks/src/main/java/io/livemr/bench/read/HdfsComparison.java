package io.livemr.bench.read;

import io.livemr.bench.hdfs.HadoopChild;
import io.livemr.bench.hdfs.ReadServer;
import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Contender;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.measure.Samples;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Series;
import io.livemr.launcher.stack.Stack;
import java.io.IOException;
import java.util.List;

/** A linked file of HDFS, beside the same bytes stored in HDFS as any file is. One client reads both. */
final class HdfsComparison {

    private static final double AIM = 0.95;
    private static final String NATIVE = "/bench/native";

    private final HadoopChild reader;
    private final long lengthBytes;
    private final ReadCost linkedCost;
    private final ReadCost storedCost;

    private HdfsComparison(final HadoopChild reader, final Stack stack, final long lengthBytes) {
        this.reader = reader;
        this.lengthBytes = lengthBytes;
        final ProcessHandle dataNode = ReadCost.process(stack.process("datanode").pid());
        this.linkedCost = new ReadCost(reader.process(), dataNode, ReadCost.process(stack.process("composer").pid()));
        this.storedCost = new ReadCost(reader.process(), dataNode);
    }

    static List<Figure> measure(final Bed bed, final Stack stack, final String linked, final long lengthBytes, final Pairs pairs) throws Exception {
        try (HadoopChild reader = HadoopChild.start(bed, stack, ReadServer.class)) {
            bed.progress().accept("storing the same bytes in HDFS");
            reader.ask("copy " + linked + " " + NATIVE);
            final HdfsComparison hdfs = new HdfsComparison(reader, stack, lengthBytes);
            final Comparison comparison = hdfs.compare(linked, pairs);
            return List.of(Figure.of("linked HDFS file ÷ the same bytes stored in HDFS", "MB/s", comparison, "ratio ≥ 0.95", comparison.ratios().median() >= AIM),
                hdfs.cost());
        }
    }

    private Comparison compare(final String linked, final Pairs pairs) throws Exception {
        if (!reader.ask("checksum " + linked).equals(reader.ask("checksum " + NATIVE))) {
            throw new IOException("linked and stored file differ; nothing was timed");
        }
        return pairs.run(linkedCost.of(new Contender("linked file of HDFS", () -> megabytesPerSecond(linked)), lengthBytes),
            storedCost.of(new Contender("stored file of HDFS", () -> megabytesPerSecond(NATIVE)), lengthBytes));
    }

    private Figure cost() {
        final Samples linked = linkedCost.secondsPerGibibyte();
        final Samples stored = storedCost.secondsPerGibibyte();
        return Figure.plain("the same, by processor time", "s a GiB", Figure.number(linked.median()) + " against " + Figure.number(stored.median()) + " s a GiB",
            new Series("linked: client, DataNode, composer", linked), new Series("stored: client, DataNode", stored));
    }

    private double megabytesPerSecond(final String file) throws IOException {
        final String[] answer = reader.ask("read " + file).split(" ");
        return Long.parseLong(answer[0]) * 1_000.0 / Long.parseLong(answer[1]);
    }
}
