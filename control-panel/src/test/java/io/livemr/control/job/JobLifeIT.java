package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.control.guard.ProcessIdentity;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import io.livemr.control.support.TestHadoop;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job from submission to its end: the panel is a process, RunJar and WordCount are real, composer and linker are stand-ins. */
class JobLifeIT {

    @TempDir
    private static Path root;
    private static FakeComposer composer;
    private static Panel panel;

    @BeforeAll
    static void start() throws Exception {
        TestHadoop.requireIt();
        composer = new FakeComposer();
        panel = new Panel(root, composer, "--livemr.engine.log-limit=20000B", "--livemr.jobs.composer-wait=3s").start();
        panel.guestFile("vm1", "/a", "x\n");
    }

    @AfterAll
    static void stop() {
        if (panel != null) {
            panel.close();
            composer.close();
        }
    }

    @Test
    void shouldCountTheWordsOfTwoMachinesAndLeaveNoInput() throws Exception {
        panel.guestFile("vm1", "/data/a.log", "one two\n");
        panel.guestFile("vm2", "/data/a.log", "two three\n");

        final String id = panel.submitted(TestHadoop.examplesJar(), Map.of("mainClass", "io.livemr.examples.WordCount",
            "inputs", List.of(Map.of("vm", "vm1", "path", "/data/a.log"), Map.of("vm", "vm2", "path", "/data/a.log", "length", "pinned"))));
        final JsonNode job = panel.awaitState(id, "SUCCEEDED");

        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(Files.readString(root.resolve("hdfs/" + id + "/output/part-r-00000"))).isEqualTo("one\t1\nthree\t1\ntwo\t2\n");
        final String input = root.resolve("hdfs/" + id + "/input").toString();
        assertThat(Files.readAllLines(root.resolve("calls"))).filteredOn(call -> call.contains(id))
            .startsWith("remove " + input, "link follow " + input + "/0_vm1_a.log", "link pinned " + input + "/1_vm2_a.log");
        panel.awaitCleanedUp(id);
        assertThat(composedOf("/data/a.log")).isEmpty();
        assertThat(root.resolve("hdfs/" + id).toFile().list()).containsExactly("output");
        assertThat(root.resolve("panel/jobs/" + id + "/conf")).doesNotExist();
        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body()).contains("completed successfully");
    }

    @Test
    void shouldSayWithWhatTheDriverFailed() throws Exception {
        final String id = panel.submitted(JobJars.withMainInManifest(Scripted.class), Map.of("args", List.of("print=no luck today", "exit=7"),
            "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));
        final JsonNode job = panel.awaitState(id, "FAILED");

        assertThat(job.path("reason").asText()).isEqualTo("driver_failed");
        assertThat(job.path("exitCode").asInt()).isEqualTo(7);
        assertThat(job.path("message").asText()).contains("no luck today");
    }

    @ParameterizedTest
    @CsvSource({
        "vm1,/missing,no_such_file,check the path",
        "vm1,/folder,not_a_regular_file,name files",
        "vm1,/refused,bad_path,symbolic links",
        "vm9,/a,unknown_vm,/api/v1/vms"})
    void shouldNameTheFileTheReasonAndTheWayOut(final String vm, final String path, final String reason, final String wayOut) throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of("print=never"), vm, path));
        final JsonNode job = panel.awaitState(id, "FAILED");

        assertThat(job.path("reason").asText()).isEqualTo(reason);
        assertThat(job.path("message").asText()).contains("file=" + vm + ":" + path).contains(wayOut);
        assertThat(panel.awaitCleanedUp(id).path("startedAt").isMissingNode()).isTrue();
        assertThat(composedOf(path)).isEmpty();
    }

    @Test
    void shouldWaitForTheOwnerAndHearOfTheAnswer() throws Exception {
        panel.guestFile("vm1", "/ask1", "yes\n");

        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of("print=ran"), "vm1", "/ask1"));
        panel.awaitState(id, "AWAITING_CONSENT");
        composer.set("/ask1", "LIVE", "");

        assertThat(panel.awaitState(id, "SUCCEEDED").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body()).isEqualTo("ran\n");
    }

    @Test
    void shouldFailWhenTheOwnerSaysNo() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of(), "vm1", "/ask2"));
        panel.awaitState(id, "AWAITING_CONSENT");
        composer.set("/ask2", "DENIED", "owner_said_no");

        assertThat(panel.awaitState(id, "FAILED").path("message").asText()).contains("file=vm1:/ask2", "owner_said_no");
    }

    @Test
    void shouldAskAgainForAFileThatItsComposerForgot() throws Exception {
        panel.guestFile("vm1", "/ask3", "x\n");
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of(), "vm1", "/ask3"));
        panel.awaitState(id, "AWAITING_CONSENT");
        composer.files().values().removeIf(file -> file.toString().contains("/ask3"));
        await().until(() -> !composedOf("/ask3").isEmpty());
        composer.set("/ask3", "LIVE", "");

        assertThat(panel.awaitState(id, "SUCCEEDED").path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldBlameTheRevokedFileAndNotTheDriver() throws Exception {
        panel.guestFile("vm1", "/revoked-soon", "x\n");
        final Path go = root.resolve("go-revoked");
        final Path here = root.resolve("here-revoked");
        final String id = panel.submitted(JobJars.of(Scripted.class),
            job(List.of("touch=" + here, "await=" + go, "exit=1"), "vm1", "/revoked-soon"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(here));

        composer.set("/revoked-soon", "REVOKED", "owner_revoked");
        Files.createFile(go);

        assertThat(panel.awaitState(id, "FAILED").path("reason").asText()).isEqualTo("owner_revoked");
    }

    @Test
    void shouldSayWhatTheLinkerSaidWhenLinkingFails() throws Exception {
        panel.guestFile("vm1", "/stale", "refuse me\n");

        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of(), "vm1", "/stale"));
        final JsonNode job = panel.awaitState(id, "FAILED");

        assertThat(job.path("reason").asText()).isEqualTo("compose_failed");
        assertThat(job.path("message").asText()).contains("reason=stale_epoch");
        panel.awaitCleanedUp(id);
        assertThat(root.resolve("hdfs/" + id)).doesNotExist();
        assertThat(composedOf("/stale")).isEmpty();
    }

    @Test
    void shouldKeepAFileThatAnotherJobUses() throws Exception {
        panel.guestFile("vm1", "/shared", "x\n");
        final Path go = root.resolve("go-shared");
        final String longer = panel.submitted(JobJars.of(Scripted.class), job(List.of("await=" + go), "vm1", "/shared"));
        panel.awaitState(longer, "RUNNING");
        final String shorter = panel.submitted(JobJars.of(Scripted.class), job(List.of(), "vm1", "/shared"));
        panel.awaitCleanedUp(shorter);

        assertThat(composedOf("/shared")).hasSize(1);
        Files.createFile(go);
        panel.awaitCleanedUp(longer);
        assertThat(composedOf("/shared")).isEmpty();
    }

    @Test
    void shouldKillARunningDriverAndCleanUp() throws Exception {
        final Path here = root.resolve("here-killed");
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of("touch=" + here, "await=/never"), "vm1", "/a"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(here) && !Files.readString(here).isEmpty());

        assertThat(panel.delete("/api/v1/jobs/" + id).statusCode()).isEqualTo(202);

        assertThat(panel.awaitState(id, "KILLED").path("state").asText()).isEqualTo("KILLED");
        assertThat(ProcessIdentity.of(Long.parseLong(Files.readString(here)))).isEmpty();
        panel.awaitCleanedUp(id);
        assertThat(root.resolve("hdfs/" + id + "/input")).doesNotExist();
        assertThat(panel.delete("/api/v1/jobs/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKillAJobThatWaitsForConsent() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of(), "vm1", "/ask-killed"));
        panel.awaitState(id, "AWAITING_CONSENT");

        panel.delete("/api/v1/jobs/" + id);

        assertThat(panel.awaitState(id, "KILLED").path("reason").asText()).isEqualTo("killed");
        panel.awaitCleanedUp(id);
        assertThat(composedOf("/ask-killed")).isEmpty();
    }

    @Test
    void shouldGiveTheDriverACleanEnvironmentAndTakeItsLitterAway() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of("environment", "litter"), "vm1", "/a"));
        panel.awaitCleanedUp(id);

        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body().lines().map(line -> line.substring(0, line.indexOf('='))))
            .containsExactly("HADOOP_CONF_DIR", "HOME", "JAVA_HOME", "LANG", "PATH");
        try (Stream<Path> left = Files.walk(root.resolve("panel/jobs/" + id))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("litter") || name.contains("unjar"));
        }
    }

    @Test
    void shouldServeTheLogInPartsWithinItsLimit() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), job(List.of("print=0123456789", "flood=1000000"), "vm1", "/a"));
        panel.awaitState(id, "SUCCEEDED");

        final HttpResponse<String> part = panel.get("/api/v1/jobs/" + id + "/log?offset=3&limit=4");

        assertThat(part.body()).isEqualTo("3456");
        assertThat(part.headers().firstValueAsLong("X-Log-Length").orElseThrow()).isBetween(20_000L, 20_100L);
        assertThat(panel.get("/api/v1/jobs/" + id + "/log?offset=99999").body()).isEmpty();
    }

    @Test
    void shouldFillInPlacesInsideArguments() throws Exception {
        final String id = panel.submitted(JobJars.of(Scripted.class), new HashMap<>(Map.of("mainClass", Scripted.class.getName(), "output", "/out/x",
            "args", List.of("-Din={input}/*", "{output}"), "inputs", List.of(Map.of("vm", "vm1", "path", "/a")))));
        panel.awaitState(id, "SUCCEEDED");

        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body()).isEqualTo("-Din=" + root + "/hdfs/" + id + "/input/*\n/out/x\n");
    }

    private static List<Map<String, Object>> composedOf(final String path) {
        return composer.files().values().stream().filter(file -> file.get("sources").toString().contains("path=" + path + ",")).toList();
    }

    private static Map<String, Object> job(final List<String> args, final String vm, final String path) {
        return Map.of("mainClass", Scripted.class.getName(), "args", args, "inputs", List.of(Map.of("vm", vm, "path", path)));
    }
}
