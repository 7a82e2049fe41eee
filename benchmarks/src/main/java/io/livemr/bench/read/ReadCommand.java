package io.livemr.bench.read;

import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.bench.report.Machine;
import io.livemr.bench.report.Report;
import io.livemr.bench.report.ReportOptions;
import io.livemr.launcher.stack.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench read}. */
@Command(name = "read", mixinStandardHelpOptions = true,
    description = "A composed file through the mount, beside a pread of the same ranges of the image. Needs root.")
public final class ReadCommand implements Callable<Integer> {

    @Option(names = "--bytes", defaultValue = "1073741824", description = "Length of the file (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--local", description = "No VM: sixteen scrambled ranges of a file of this host, to see the mount alone.")
    private boolean local;

    @Mixin
    private ReportOptions options;

    @Override
    public Integer call() throws Exception {
        final Installation installation = Installation.find();
        final Machine machine = Machine.thisOne();
        final Path folder = Files.createTempDirectory("livemr-bench-");
        final Consumer<String> progress = step -> System.err.println("bench: " + step);
        try {
            final List<Figure> figures = measure(installation, folder, progress);
            options.print(Report.now("read", installation.home(), machine, setting(), options.pairs(), figures));
            return 0;
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Figure> measure(final Installation installation, final Path folder, final Consumer<String> progress) throws Exception {
        final Pairs pairs = new Pairs(options.pairs(), progress);
        return local
            ? new LocalSetting(installation, progress).measure(folder, lengthBytes, pairs)
            : new VmSetting(progress).measure(folder, lengthBytes, pairs);
    }

    private String setting() {
        return String.format("%,d bytes, ", lengthBytes)
            + (local ? "sixteen scrambled ranges of a file, no VM" : "a file of a running VM on qcow2, composed");
    }
}
