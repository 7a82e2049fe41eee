package io.livemr.bench.read;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.launcher.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code --local}: no VM; a file of this host in sixteen scrambled ranges, served by a process with the composer's class path. */
final class LocalSetting {

    private final Bed bed;

    LocalSetting(final Bed bed) {
        this.bed = bed;
    }

    List<Figure> measure(final long lengthBytes, final Pairs pairs) throws Exception {
        bed.progress().accept("filling a file");
        final Path file = bed.folder().resolve("ranges");
        final Path mountPoint = bed.folder().resolve("mnt");
        LocalRanges.fill(file, lengthBytes);
        final Process server = start(mountPoint, file, lengthBytes);
        try {
            awaitReady(server);
            return ReadComparison.measure(mountPoint.resolve(RangeServer.NAME), LocalRanges.of(file, lengthBytes), pairs);
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private Process start(final Path mountPoint, final Path file, final long lengthBytes) throws IOException {
        final Installation installation = bed.installation();
        final String classpath = installation.jar("benchmarks") + ":" + installation.classpath("host-composer");
        return bed.programs().startPiped(bed.folder().resolve("server.err"), Map.of(), installation.javaCommand(512, classpath, RangeServer.class.getName(), mountPoint.toString(),
            file.toString(), Long.toString(lengthBytes)));
    }

    private void awaitReady(final Process server) throws IOException {
        final var lines = server.inputReader();
        for (String line = lines.readLine(); !RangeServer.READY.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the server of the mount ended: " + Programs.lastWords(bed.folder().resolve("server.err")));
            }
        }
    }
}
