package io.livemr.bench.panel;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Programs;
import io.livemr.launcher.client.Credentials;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.process.Poll;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A panel whose one composer gives no answer, so that each job waits until it is killed. */
final class PanelProcess implements AutoCloseable {

    /** Of more jobs than are submitted. */
    private static final int QUEUE_LIMIT = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(5);

    private final Path state;
    private final Process process;
    private final double startSeconds;

    private PanelProcess(final Path state, final Process process, final double startSeconds) {
        this.state = state;
        this.process = process;
        this.startSeconds = startSeconds;
    }

    /** @param state of a panel before it, or of none. */
    static PanelProcess start(final Bed bed, final Path state, final int heapMebibytes) throws IOException {
        final Path secret = Files.writeString(bed.folder().resolve("composer-token"), "none\n");
        final List<String> command = new ArrayList<>(bed.installation().javaCommand(heapMebibytes, bed.installation().classpath("control-panel"),
            "io.livemr.control.ControlPanel", "--livemr.state=" + state, "--server.port=0", "--livemr.jobs.queue-limit=" + QUEUE_LIMIT,
            "--livemr.composers[0].url=http://127.0.0.1:1", "--livemr.composers[0].token-file=" + secret));
        command.add(1, "-XX:TieredStopAtLevel=1");
        Files.deleteIfExists(state.resolve("url"));
        final long begin = System.nanoTime();
        final Process process = bed.programs().startServer("panel", command);
        final boolean serves = Poll.until(LIMIT, STEP, () -> Files.exists(state.resolve("url")) || !process.isAlive());
        if (!serves || !process.isAlive()) {
            throw new IOException("the panel does not start: " + Programs.lastWords(bed.folder().resolve("panel.log")));
        }
        return new PanelProcess(state, process, (System.nanoTime() - begin) / 1e9);
    }

    double startSeconds() {
        return startSeconds;
    }

    URI url() throws IOException {
        return URI.create(Files.readString(state.resolve("url")).strip());
    }

    String authorization() throws IOException {
        return "Bearer " + Files.readString(state.resolve("token")).strip();
    }

    PanelClient client() throws IOException {
        return new PanelClient(new JsonHttp("control-panel", url(), Credentials.tokenFile(state.resolve("token"))));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The most memory that it ever had, as its kernel counts it. */
    long peakBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        Programs.end(process);
    }
}
