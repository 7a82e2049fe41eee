package io.livemr.bench.read;

import io.livemr.bench.measure.Pairs;
import io.livemr.bench.report.Figure;
import io.livemr.launcher.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** {@code --local}: no VM; a file of this host in sixteen scrambled ranges, served by a process with the composer's class path. */
final class LocalSetting {

    private final Installation installation;
    private final Consumer<String> progress;

    LocalSetting(final Installation installation, final Consumer<String> progress) {
        this.installation = installation;
        this.progress = progress;
    }

    List<Figure> measure(final Path folder, final long lengthBytes, final Pairs pairs) throws Exception {
        progress.accept("filling a file");
        final Path file = folder.resolve("ranges");
        final Path mountPoint = folder.resolve("mnt");
        LocalRanges.fill(file, lengthBytes);
        final Process server = start(mountPoint, file, lengthBytes);
        try {
            awaitReady(server);
            return List.of(ReadComparison.measure(mountPoint.resolve(RangeServer.NAME), LocalRanges.of(file, lengthBytes), pairs));
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private Process start(final Path mountPoint, final Path file, final long lengthBytes) throws IOException {
        final String classpath = installation.jar("benchmarks") + ":" + installation.classpath("host-composer");
        return new ProcessBuilder(installation.javaCommand(512, classpath, RangeServer.class.getName(), mountPoint.toString(), file.toString(),
            Long.toString(lengthBytes))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void awaitReady(final Process server) throws IOException {
        final var lines = server.inputReader();
        for (String line = lines.readLine(); !RangeServer.READY.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the server of the mount ended; it said why above");
            }
        }
    }
}
