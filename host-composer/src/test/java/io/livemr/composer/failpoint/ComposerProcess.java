package io.livemr.composer.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.composer.Main;
import io.livemr.composer.Rig;
import io.livemr.failpoint.kill.ClassArchive;
import io.livemr.failpoint.kill.Life;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program itself, over a folder that outlives it; its hypervisor is libvirt's test driver, which has one running domain. */
final class ComposerProcess implements Life {

    static final ClassArchive CLASSES = new ClassArchive("composer");

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path state;
    private final Process process;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param faults for LIVEMR_FAIL_POINTS.
     * @param option for java itself.
     */
    ComposerProcess(final Path folder, final Path state, final String faults, final String option) throws IOException {
        this.state = state;
        final ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", option, "-cp", CLASSES.classPath(), Main.class.getName(),
                "--state", state.toString(), "--mount", folder.resolve("mnt").toString(), "--listen", "127.0.0.1:0",
                "--libvirt", "test://" + folder.resolve("node.xml"), "--images", folder.toString(), "--read-wait-millis", "100");
        builder.environment().put("LIVEMR_FAIL_POINTS", faults);
        process = builder.redirectErrorStream(true).start();
        awaitServing();
    }

    /** What libvirt's test driver is to play. */
    static void define(final Path folder, final Path image, final Path agentSocket) throws IOException {
        Files.writeString(folder.resolve("node.xml"), """
                <node><domain type='test'><name>vm1</name><uuid>%s</uuid><memory>65536</memory><os><type>hvm</type></os><devices>
                <disk type='file' device='disk'><driver name='qemu' type='raw' cache='none'/><source file='%s'/>
                <target dev='vda' bus='virtio'/><serial>%s</serial></disk>
                <channel type='unix'><source mode='connect' path='%s'/><target type='virtio' name='org.livemr.agent.0'/></channel>
                </devices></domain></node>""".formatted(Rig.VM, image, Rig.SERIAL, agentSocket));
    }

    private void awaitServing() throws IOException {
        final BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("serving url=")) {
                keepReading(output);
                return;
            }
        }
        throw new IOException("composer ended: " + String.join("\n", lines));
    }

    private void keepReading(final BufferedReader output) {
        final Thread reader = new Thread(() -> output.lines().forEach(this::keep), "composer-output");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void keep(final String line) {
        lines.add(line);
    }

    @Override
    public synchronized String output() {
        return String.join("\n", lines);
    }

    @Override
    public Process process() {
        return process;
    }

    /** @throws IOException if it is dead, or dies meanwhile. */
    HttpResponse<String> call(final String method, final String path, final String body) throws IOException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(kept("url") + path)).timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + kept("token"))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(final String path) throws IOException {
        return json(call("GET", path, null).body());
    }

    static JsonNode json(final String text) throws IOException {
        return JSON.readTree(text);
    }

    /** Nothing of any file is kept. */
    boolean hasNoDocument() throws IOException {
        try (Stream<Path> documents = Files.list(state.resolve("files"))) {
            return documents.findAny().isEmpty();
        }
    }

    private String kept(final String file) throws IOException {
        return Files.readString(state.resolve(file)).strip();
    }

    /** Stops it as systemd does. */
    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
