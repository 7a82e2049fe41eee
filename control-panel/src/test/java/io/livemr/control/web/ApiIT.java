package io.livemr.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST interface of a running panel. No job of these tests gets as far as Hadoop. */
class ApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUEUE_LIMIT = 5;

    @TempDir
    private static Path root;
    private static FakeComposer composer;
    private static Panel panel;

    @BeforeAll
    static void start() throws Exception {
        composer = new FakeComposer();
        panel = new Panel(root, composer, "--livemr.jobs.queue-limit=" + QUEUE_LIMIT, "--livemr.jars.size-limit=200KB",
            "--livemr.jars.unpacked-limit=1MB", "--livemr.jobs.composer-wait=60s").start();
    }

    @AfterAll
    static void stop() {
        panel.close();
        composer.close();
    }

    @AfterEach
    void killAll() throws Exception {
        composer.failWith(0);
        for (final JsonNode job : JSON.readTree(panel.get("/api/v1/jobs?size=100").body()).path("items")) {
            panel.delete("/api/v1/jobs/" + job.path("id").asText());
            panel.awaitCleanedUp(job.path("id").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/jobs", "/api/v1/vms", "/api/v1/files", "/api/v1/grants", "/api/v1/hosts", "/actuator/prometheus", "/actuator/metrics", "/actuator/health/../prometheus", "/nothing"})
    void shouldLetNobodyInWithoutTheToken(final String path) throws Exception {
        final HttpResponse<String> response = panel.send(HttpRequest.newBuilder(URI.create(panel.url() + path)).header("Authorization", "Bearer no"));

        assertThat(response.statusCode()).isIn(401, 400);
        assertThat(panel.send(HttpRequest.newBuilder(URI.create(panel.url() + path))).statusCode()).isIn(401, 400);
    }

    @Test
    void shouldKeepItsTokenToItself() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("panel/token")))).isEqualTo("rw-------");
        assertThat(panel.url()).matches("http://127\\.0\\.0\\.1:\\d+");
    }

    @Test
    void shouldListTheMachinesOfTheComposers() throws Exception {
        final JsonNode vms = JSON.readTree(panel.get("/api/v1/vms").body());

        assertThat(vms.findValuesAsText("name")).containsExactly("vm1", "vm2");
        assertThat(vms.at("/0/composer").asText()).isEqualTo(composer.url());
    }

    @Test
    void shouldListFilesAndGrantsWithTheirHost() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job("/ask-for-listing"));
        panel.awaitState(id, "AWAITING_CONSENT");
        final String name = panel.job(id).at("/inputs/0/composedFile").asText();

        final JsonNode file = itemOf("/api/v1/files?size=100", "name", name);
        final JsonNode grant = itemOf("/api/v1/grants?size=100", "file", name);

        assertThat(file).isEqualTo(JSON.readTree("""
            {"name": "NAME", "vm": "vm1", "path": "/ask-for-listing", "host": "HOST", "sources": 1, "requester": "livemr", "owner": "alice",
             "state": "AWAITING_CONSENT", "reason": "", "lengthBytes": 11, "grant": "NAME-0", "mappedAt": "2026-11-29T10:00:01.500Z", "lagMillis": 17}
            """.replace("NAME", name).replace("HOST", composer.url())));
        assertThat(grant).isEqualTo(JSON.readTree("""
            {"id": "NAME-0", "file": "NAME", "vm": "vm1", "path": "/ask-for-listing", "host": "HOST", "requester": "livemr", "state": "ASKED",
             "owner": "alice", "since": "2026-11-29T10:00:00Z"}""".replace("NAME", name).replace("HOST", composer.url())));
        assertThat(panel.get("/api/v1/grants?size=0").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldSayOfAnActiveJobHowItsFilesAreNow() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job("/ask-freshness"));
        panel.awaitState(id, "AWAITING_CONSENT");

        final JsonNode active = panel.job(id).at("/inputs/0");
        panel.delete("/api/v1/jobs/" + id);
        final JsonNode ended = panel.awaitState(id, "KILLED").at("/inputs/0");

        assertThat(active.path("grant").asText()).isEqualTo(active.path("composedFile").asText() + "-0");
        assertThat(active.path("host").asText()).isEqualTo(composer.url());
        assertThat(active.path("mappedAt").asText()).isEqualTo("2026-11-29T10:00:01.500Z");
        assertThat(active.path("lagMillis").asLong()).isEqualTo(17);
        assertThat(ended.has("lagMillis")).isFalse();
        assertThat(ended.path("grant")).isEqualTo(active.path("grant"));
    }

    @Test
    void shouldTakeTheFilesThatPatternsAndFoldersMean() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), Map.of("mainClass", Scripted.class.getName(), "inputs", List.of(
            Map.of("vm", "vm1", "path", "/logs/ask-b", "length", "pinned"), Map.of("vm", "vm1", "glob", "/logs/*"), Map.of("vm", "vm2", "folder", "/data"))));

        final JsonNode inputs = panel.job(id).path("inputs");

        assertThat(inputs.findValuesAsText("path")).containsExactly("/logs/ask-b", "/logs/ask-a", "/data/ask-a", "/data/ask-b");
        assertThat(inputs.findValuesAsText("length")).containsExactly("pinned", "live", "live", "live");
        panel.awaitState(id, "AWAITING_CONSENT");
        assertThat(composer.files().values()).extracting(file -> file.get("state")).containsOnly("AWAITING_CONSENT").hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"/empty/*, no_such_file, policy.json", "/crowded/*, too_many_files, narrower", "/closed/*, no_such_file, is not there"})
    void shouldSayWhyAPatternMeansNoFiles(final String glob, final String reason, final String clue) throws Exception {
        final HttpResponse<String> refusal = panel.submit(JobJars.of(Scripted.class), Map.of("mainClass", Scripted.class.getName(),
            "inputs", List.of(Map.of("vm", "vm1", "glob", glob))));

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo(reason);
        assertThat(refusal.body()).contains(clue);
    }

    @Test
    void shouldReadAJobDescriptionInYaml() throws Exception {
        final HttpResponse<String> taken = submitYaml("""
            mainClass: %s
            properties: {mapreduce.job.reduces: 2}
            inputs:
              vm1: [/data/ask-yaml, /logs/ask-*]
              vm2: /data/
            """.formatted(Scripted.class.getName()));

        final JsonNode job = JSON.readTree(taken.body());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(job.at("/properties/mapreduce.job.reduces").asText()).isEqualTo("2");
        assertThat(job.path("inputs").findValuesAsText("path"))
            .containsExactly("/data/ask-yaml", "/logs/ask-a", "/logs/ask-b", "/data/ask-a", "/data/ask-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs: 7", "inputs: {vm1: {a: b}}", "a: &a [*a, *a]", "mainClass: x\nmainClass: y", "--- {}\n--- {}", "inputs: [vm1]", "\t- x"})
    void shouldRefuseYamlThatIsNoJob(final String yaml) throws Exception {
        final HttpResponse<String> refusal = submitYaml(yaml);

        assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo("bad_request");
    }

    private static HttpResponse<String> submitYaml(final String yaml) throws Exception {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("--x\r\nContent-Disposition: form-data; name=\"jar\"; filename=\"j\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(JobJars.of(Scripted.class));
        body.writeBytes(("\r\n--x\r\nContent-Disposition: form-data; name=\"job\"; filename=\"job.yaml\"\r\nContent-Type: application/yaml\r\n\r\n" + yaml
            + "\r\n--x--\r\n").getBytes(StandardCharsets.UTF_8));
        return panel.send(panel.request("/api/v1/jobs").header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @Test
    void shouldSayWhichHostsAnswer() throws Exception {
        final JsonNode up = JSON.readTree(panel.get("/api/v1/hosts").body());
        composer.failWith(503);
        final JsonNode refusing = JSON.readTree(panel.get("/api/v1/hosts").body()).at("/items/0");

        assertThat(up.path("total").asInt()).isEqualTo(1);
        assertThat(up.at("/items/0/url").asText()).isEqualTo(composer.url());
        assertThat(up.at("/items/0/reachable").asBoolean()).isTrue();
        assertThat(up.at("/items/0/since").asText()).isNotBlank();
        assertThat(up.at("/items/0/vms").asInt()).isEqualTo(2);
        assertThat(up.at("/items/0/mode").asText()).isEqualTo("stock");
        assertThat(up.at("/items/0/version").asText()).isEqualTo("1.2");
        assertThat(refusing.path("message").asText()).contains("scripted");
        assertThat(refusing.has("vms")).isFalse();
    }

    @Test
    void shouldRefuseTheJobThatIsOneTooMany() throws Exception {
        final int jarsBefore = keptJars();
        for (int i = 0; i < QUEUE_LIMIT; i++) {
            assertThat(submit("/ask" + i).statusCode()).isEqualTo(202);
        }

        final HttpResponse<String> refusal = submit("/ask-too-many");

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
        assertThat(refusal.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo("queue_full");
        assertThat(keptJars()).isEqualTo(jarsBefore + QUEUE_LIMIT);
        assertThat(panel.get("/actuator/prometheus").body()).contains("livemr_jobs_waiting 5.0")
            .contains("livemr_jobs_refused_total{reason=\"queue_full\"}");
    }

    @Test
    void shouldNeverTakeMoreJobsThanTheLimitHoweverManyCome() {
        final List<Integer> statuses = Stream.iterate(0, i -> i < 20, i -> i + 1).parallel().map(i -> {
            try {
                return submit("/ask-many" + i).statusCode();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }).toList();

        assertThat(statuses).filteredOn(status -> status == 202).hasSize(QUEUE_LIMIT);
        assertThat(statuses).filteredOn(status -> status != 202).containsOnly(429);
    }

    @Test
    void shouldKeepNothingOfARefusedJar() throws Exception {
        final List<String> before = List.of(root.resolve("panel/jobs").toFile().list());

        final HttpResponse<String> refusal = panel.submit(climbing(), job("/a"));

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo("bad_entry_name");
        assertThat(root.resolve("panel/jobs").toFile().list()).containsExactlyInAnyOrderElementsOf(before);
        await().until(() -> root.resolve("panel/uploads").toFile().list().length == 0);
    }

    @Test
    void shouldRefuseAJarAboveTheSizeLimit() throws Exception {
        final HttpResponse<String> refusal = panel.submit(new byte[300_000], job("/a"));

        assertThat(refusal.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo("jar_too_large");
        await().until(() -> root.resolve("panel/uploads").toFile().list().length == 0);
    }

    @Test
    void shouldRefuseAFieldItDoesNotKnow() throws Exception {
        final HttpResponse<String> refusal = panel.submit(JobJars.of(Scripted.class), Map.of("mainclass", "x", "inputs", List.of()));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("mainclass");
    }

    @Test
    void shouldRefuseASubmissionWithoutAJar() throws Exception {
        final String body = "--x\r\nContent-Disposition: form-data; name=\"job\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--x--\r\n";

        final HttpResponse<String> refusal = panel.send(panel.request("/api/v1/jobs").header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(body)));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refusal.body()).path("reason").asText()).isEqualTo("bad_request");
        assertThat(refusal.body()).contains("jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/jobs/no-such-job", "/api/v1/jobs/..%2f..%2ftoken/log", "/api/v1/jobs/no-such-job/log", "/api/v1/nothing"})
    void shouldAnswerWithAProblemWhatIsNotThere(final String path) throws Exception {
        final HttpResponse<String> response = panel.get(path);

        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.body()).doesNotContain("Exception");
    }

    @Test
    void shouldListTheNewestJobsFirstPageByPage() throws Exception {
        final String first = panel.submitted(JobJars.of(Scripted.class), job("/ask-first"));
        final String second = panel.submitted(JobJars.of(Scripted.class), job("/ask-second"));

        final JsonNode page = JSON.readTree(panel.get("/api/v1/jobs?page=0&size=1").body());
        final JsonNode next = JSON.readTree(panel.get("/api/v1/jobs?page=1&size=1").body());

        assertThat(page.at("/items/0/id").asText()).isEqualTo(second);
        assertThat(next.at("/items/0/id").asText()).isEqualTo(first);
        assertThat(page.path("total").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(panel.get("/api/v1/jobs?size=101").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldListTheJobsOfTheStatesThatAreAskedFor() throws Exception {
        final String waiting = panel.submitted(JobJars.of(Scripted.class), job("/ask-listed"));
        final String killed = panel.submitted(JobJars.of(Scripted.class), job("/ask-killed"));
        panel.awaitState(waiting, "AWAITING_CONSENT");
        panel.delete("/api/v1/jobs/" + killed);
        panel.awaitState(killed, "KILLED");

        final JsonNode active = JSON.readTree(panel.get("/api/v1/jobs?state=AWAITING_CONSENT&state=RUNNING").body());
        final JsonNode ended = JSON.readTree(panel.get("/api/v1/jobs?state=KILLED,FAILED&size=1").body());

        assertThat(active.path("items").findValuesAsText("id")).containsExactly(waiting);
        assertThat(active.path("total").asInt()).isEqualTo(1);
        assertThat(ended.path("items").findValuesAsText("id")).containsExactly(killed);
    }

    @Test
    void shouldWaitForAComposerThatGivesNoAnswer() throws Exception {
        composer.failWith(503);
        final String id = panel.submitted(JobJars.of(Scripted.class), job("/ask-later"));
        await().until(() -> panel.job(id).path("message").asText().contains("scripted"));
        assertThat(panel.job(id).path("state").asText()).isEqualTo("SUBMITTED");
        assertThat(panel.send(HttpRequest.newBuilder(URI.create(panel.url() + "/actuator/health"))).statusCode()).isEqualTo(503);

        composer.failWith(0);

        assertThat(panel.awaitState(id, "AWAITING_CONSENT").path("state").asText()).isEqualTo("AWAITING_CONSENT");
    }

    private static int keptJars() {
        return root.resolve("panel/jobs").toFile().list((folder, name) -> Files.exists(folder.toPath().resolve(name + "/job.jar"))).length;
    }

    private static JsonNode itemOf(final String list, final String field, final String value) throws Exception {
        for (final JsonNode item : JSON.readTree(panel.get(list).body()).path("items")) {
            if (item.path(field).asText().equals(value)) {
                return item;
            }
        }
        throw new AssertionError(list + " has none with " + field + "=" + value);
    }

    private static HttpResponse<String> submit(final String path) throws Exception {
        return panel.submit(JobJars.of(Scripted.class), job(path));
    }

    private static Map<String, Object> job(final String path) {
        return Map.of("mainClass", Scripted.class.getName(), "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }

    private static byte[] climbing() throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../etc/evil"));
            zip.write("x".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
