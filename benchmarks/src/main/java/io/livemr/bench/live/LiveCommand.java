package io.livemr.bench.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.bench.Benchmark;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.bench.log.GuestLog;
import io.livemr.bench.log.LogLine;
import io.livemr.bench.report.Findings;
import io.livemr.launcher.stack.StackSpec;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench live}. */
@Command(name = "live", mixinStandardHelpOptions = true,
    description = "Reading a log that a VM appends to: how soon, how fast, how rightly, beside other readers of its disk. Needs root.")
public final class LiveCommand extends Benchmark {

    private static final String PATH = "/live.log";
    private static final int EVERY_MILLIS = 100;

    @Option(names = "--bytes", defaultValue = "268435456", description = "Length of the log at first (default: ${DEFAULT-VALUE}).")
    private long lengthBytes;

    @Option(names = "--rate", defaultValue = "1000000", description = "Bytes that are appended a second, with 10 fsyncs (default: ${DEFAULT-VALUE}).")
    private long bytesPerSecond;

    @Option(names = "--reads", defaultValue = "7", description = "Reads of each reader, in turns (default: ${DEFAULT-VALUE}).")
    private int reads;

    @Override
    protected Findings measure(final Bed bed) throws Exception {
        final Site site = Site.up(bed, StackSpec::withoutPanel);
        final String guestPath = "/data" + PATH;
        final GuestLog log = GuestLog.start(bed, site.vm(), guestPath);
        bed.progress().accept("the guest writes " + lengthBytes + " bytes");
        log.append((int) (lengthBytes / LogLine.BYTES));
        final JsonNode file = site.compose(Site.REQUESTER, guestPath);
        log.run((int) Math.max(1, bytesPerSecond * EVERY_MILLIS / 1_000 / LogLine.BYTES), EVERY_MILLIS);
        final LiveRun run = new LiveRun(bed, log, readers(bed, site, Path.of(file.get("path").asText())));
        run.read(reads);
        log.stop();
        return new Findings(String.format("a log of %,d bytes at first, %,d bytes a second appended with 10 fsyncs", lengthBytes, bytesPerSecond), reads,
            run.figures(), run.skipped());
    }

    private static List<LiveReader> readers(final Bed bed, final Site site, final Path composed) {
        final LiveExport export = new LiveExport(bed, site.vm());
        return List.of(new ComposedReader(composed), new JournalMountReader(bed, export, PATH), new Ext2FilterReader(bed, export, PATH),
            new VirtCatReader(bed, site.vm().dataImage(), PATH));
    }
}
