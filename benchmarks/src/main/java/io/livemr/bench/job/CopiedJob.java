package io.livemr.bench.job;

import io.livemr.bench.hdfs.YarnJar;
import io.livemr.bench.host.Bed;
import io.livemr.bench.host.ProgramException;
import io.livemr.bench.host.Site;
import io.livemr.bench.ingest.NetworkCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The peer: copies the log out over the guest's network, puts it into HDFS and runs the job with the driver that the panel would use. */
final class CopiedJob {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Bed bed;
    private final Site site;
    private final NetworkCopy copy;
    private int runs;

    CopiedJob(final Bed bed, final Site site, final String path) {
        this.bed = bed;
        this.site = site;
        this.copy = new NetworkCopy(bed, site.vm(), path);
    }

    /** Seconds from the begin of the copying to the end of the job. */
    double run(final JobKind kind, final long leastLines) throws IOException, InterruptedException, ProgramException {
        final String folder = "/bench-job-" + ++runs;
        final Path file = bed.folder().resolve("log-" + runs);
        final Path log = bed.folder().resolve("driver-" + runs + ".log");
        final long start = System.nanoTime();
        copy.copyTo(file);
        site.hdfs("-mkdir", folder);
        site.hdfs("-put", file.toString(), folder + "/in");
        drive(kind, folder, log);
        final double seconds = (System.nanoTime() - start) / 1e9;
        InputLines.require(Files.readString(log), leastLines);
        Files.delete(file);
        site.hdfs("-rm", "-r", "-skipTrash", folder);
        return seconds;
    }

    private void drive(final JobKind kind, final String folder, final Path log) throws IOException, InterruptedException, ProgramException {
        final List<String> words = new ArrayList<>(List.of(kind.mainClass()));
        words.addAll(kind.argsBefore());
        words.addAll(List.of(folder + "/in", folder + "/out"));
        final List<String> command = new YarnJar(bed, site.stack()).command(bed.folder().resolve("driver-" + runs), words);
        bed.programs().runLogged(log, LIMIT, Map.of(), command);
    }
}
