package io.livemr.control.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.failpoint.kill.ClassArchive;
import io.livemr.failpoint.kill.Life;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The panel as a process of its own, and a client of it. A second start on the same state is a restart. */
public final class Panel implements Life {

    /** For those who start many. */
    public static final ClassArchive CLASSES = new ClassArchive("panel");

    private static final String BOUNDARY = "----livemr-test";

    private final Path root;
    private final List<String> options;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private List<String> java = List.of();
    private String faults = "";
    private Process process;

    /**
     * @param root    holds {@code panel} (its state), {@code hdfs}, {@code guest} and {@code conf}.
     * @param options further {@code --livemr…} options.
     */
    public Panel(final Path root, final FakeComposer composer, final String... options) throws IOException {
        this.root = root;
        this.options = new ArrayList<>(List.of("--livemr.state=" + root.resolve("panel"), "--server.port=0",
            "--livemr.composers[0].url=" + composer.url(), "--livemr.composers[0].token-file=" + FakeComposer.tokenFile(root),
            "--livemr.hadoop.conf-dir=" + TestHadoop.writeConf(root.resolve("conf")),
            "--livemr.hadoop.classpath=" + TestHadoop.classpath(), "--livemr.hadoop.folder=" + root.resolve("hdfs"),
            "--livemr.jobs.poll=300ms", "--livemr.engine.kill-grace=2s"));
        this.options.addAll(List.of(options));
        Files.createDirectories(root.resolve("hdfs"));
    }

    /** @param setting for LIVEMR_FAIL_POINTS of the next start. */
    public Panel armed(final String setting) {
        faults = setting;
        return this;
    }

    /** @param words for java itself. */
    public Panel java(final String... words) {
        java = List.of(words);
        return this;
    }

    public Panel start() throws IOException {
        Files.deleteIfExists(root.resolve("panel/url"));
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", CLASSES.classPath()));
        command.addAll(java);
        command.add("io.livemr.control.ControlPanel");
        command.addAll(options);
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("panel.log").toFile()));
        builder.environment().put("LIVEMR_FAIL_POINTS", faults);
        process = builder.start();
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(process.isAlive()).as(output()).isTrue();
            return Files.exists(root.resolve("panel/url"));
        });
        return this;
    }

    public void killHard() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public String output() throws IOException {
        return Files.readString(root.resolve("panel.log"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    public String guestFile(final String vm, final String path, final String content) throws IOException {
        final Path file = root.resolve("guest/" + vm + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return path;
    }

    /** @param headers names and values. */
    public HttpResponse<String> submit(final byte[] jar, final Map<String, Object> job, final String... headers) throws IOException {
        final HttpRequest.Builder request = submission(request("/api/v1/jobs"), jar, job);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Makes of a request, whoever sends it, one that submits a job. */
    public HttpRequest.Builder submission(final HttpRequest.Builder request, final byte[] jar, final Map<String, Object> job) throws IOException {
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(multipart(jar, json.writeValueAsBytes(job))));
    }

    public String submitted(final byte[] jar, final Map<String, Object> job) throws IOException {
        final HttpResponse<String> response = submit(jar, job);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        final String id = json.readTree(response.body()).path("id").asText();
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/jobs/" + id);
        return id;
    }

    public JsonNode job(final String id) throws IOException {
        return json.readTree(get("/api/v1/jobs/" + id).body());
    }

    public JsonNode awaitState(final String id, final String... states) {
        await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200))
            .until(() -> List.of(states).contains(job(id).path("state").asText()) || ended(job(id)));
        return read(id);
    }

    public JsonNode awaitCleanedUp(final String id) {
        await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200)).until(() -> job(id).path("cleanedUp").asBoolean());
        return read(id);
    }

    public HttpResponse<String> get(final String path) throws IOException {
        return send(request(path).GET());
    }

    public HttpResponse<String> delete(final String path) throws IOException {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> send(final HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(final String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + token());
    }

    public String url() throws IOException {
        return Files.readString(root.resolve("panel/url")).strip();
    }

    public String token() throws IOException {
        return Files.readString(root.resolve("panel/token")).strip();
    }

    private JsonNode read(final String id) {
        try {
            return job(id);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean ended(final JsonNode job) {
        return List.of("SUCCEEDED", "FAILED", "KILLED").contains(job.path("state").asText());
    }

    private static byte[] multipart(final byte[] jar, final byte[] job) throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "name=\"job\"", "application/json", job);
        part(body, "name=\"jar\"; filename=\"../../evil.jar\"", "application/java-archive", jar);
        body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static void part(final ByteArrayOutputStream body, final String disposition, final String type, final byte[] content)
            throws IOException {
        body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: " + type + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        body.write(content);
        body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
