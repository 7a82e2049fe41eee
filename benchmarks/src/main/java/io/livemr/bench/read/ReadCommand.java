package io.livemr.bench.read;

import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Findings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench read}. */
@Command(name = "read", mixinStandardHelpOptions = true,
    description = "A composed file through the mount and through HDFS, beside the same bytes read directly. Needs root.")
public final class ReadCommand extends Benchmark {

    @Option(names = "--bytes", defaultValue = "1073741824", description = "Length of the file (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--pairs", defaultValue = "7", description = "Pairs that are measured in turns (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(names = "--local", description = "No VM: sixteen scrambled ranges of a file of this host, to see the mount alone.")
    private boolean local;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Pairs turns = new Pairs(pairs, bed.progress());
        final List<Figure> figures = local ? new LocalSetting(bed).measure(lengthBytes, turns) : new VmSetting(bed).measure(lengthBytes, turns);
        return new Findings(setting(), pairs, figures);
    }

    private String setting() {
        return String.format("%,d bytes, ", lengthBytes)
            + (local ? "sixteen scrambled ranges of a file, no VM" : "a file of a running VM on qcow2, composed");
    }
}
