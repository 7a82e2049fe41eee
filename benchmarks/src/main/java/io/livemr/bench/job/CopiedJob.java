package io.livemr.bench.job;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.ProgramException;
import io.livemr.bench.host.Site;
import io.livemr.bench.ingest.NetworkCopy;
import io.livemr.launcher.stack.HdfsShell;
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
    /** The panel's default for drivers. */
    private static final int HEAP_MEBIBYTES = 512;

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
        hdfs("-mkdir", folder);
        hdfs("-put", file.toString(), folder + "/in");
        drive(kind, folder, log);
        final double seconds = (System.nanoTime() - start) / 1e9;
        InputLines.require(Files.readString(log), leastLines);
        Files.delete(file);
        hdfs("-rm", "-r", "-skipTrash", folder);
        return seconds;
    }

    private void drive(final JobKind kind, final String folder, final Path log) throws IOException, InterruptedException, ProgramException {
        final Path work = Files.createDirectories(bed.folder().resolve("driver-" + runs));
        final List<String> words = new ArrayList<>(List.of("org.apache.hadoop.util.RunJar", bed.installation().jar("examples").toString(), kind.mainClass()));
        words.addAll(kind.argsBefore());
        words.addAll(List.of(folder + "/in", folder + "/out"));
        final List<String> command = new ArrayList<>(List.of(bed.installation().java(), "-Xmx" + HEAP_MEBIBYTES + "m", "-Djava.io.tmpdir=" + work,
            "-Dhadoop.tmp.dir=" + work, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp",
            bed.installation().hadoopClasspath(site.stack().hadoopConf())));
        command.addAll(words);
        bed.programs().runLogged(log, LIMIT, Map.of(), command);
    }

    private void hdfs(final String... words) throws IOException {
        final HdfsShell.Result result = site.stack().shell().run(words);
        if (result.exitCode() != 0) {
            throw new IOException("hdfs " + String.join(" ", words) + ": " + result.errors());
        }
    }
}
