package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import io.livemr.control.support.TestHadoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel is killed with SIGKILL while a job is in each of its states, and started again. */
class RestartIT {

    @TempDir
    private Path root;
    private FakeComposer composer;
    private Panel panel;

    @BeforeEach
    void start() throws Exception {
        TestHadoop.requireIt();
        composer = new FakeComposer();
        panel = new Panel(root, composer).start();
        panel.guestFile("vm1", "/a", "one two\n");
    }

    @AfterEach
    void stop() {
        if (panel != null) {
            panel.close();
            composer.close();
        }
    }

    @Test
    void shouldHearOfTheEndOfADriverThatRanOn() throws Exception {
        final String id = submit("touch=" + root.resolve("here"), "await=" + root.resolve("go"), "print=done", "exit=0");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("here")));
        panel.killHard();
        panel.start();
        assertThat(panel.job(id).path("state").asText()).isEqualTo("RUNNING");

        Files.createFile(root.resolve("go"));

        assertSucceeded(id);
        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body()).isEqualTo("done\n");
        assertThat(panel.awaitCleanedUp(id).path("exitCode").asInt()).isZero();
    }

    @Test
    void shouldKnowTheExitCodeOfADriverThatEndedMeanwhile() throws Exception {
        final String id = submit("touch=" + root.resolve("here"), "await=" + root.resolve("go"), "exit=5");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("here")));
        panel.killHard();
        Files.createFile(root.resolve("go"));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(root.resolve("panel/jobs/" + id + "/driver/exit")));

        panel.start();

        assertThat(panel.awaitState(id, "FAILED").path("exitCode").asInt()).isEqualTo(5);
    }

    @Test
    void shouldSayThatADriverIsLostThatWasKilledMeanwhile() throws Exception {
        final String id = submit("touch=" + root.resolve("here"), "await=/never");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("here")) && !Files.readString(root.resolve("here")).isEmpty());
        panel.killHard();
        final String guard = Files.readString(root.resolve("panel/jobs/" + id + "/driver/pid")).split(" ")[0];
        new ProcessBuilder("kill", "-KILL", "--", "-" + guard).start().waitFor();

        panel.start();

        assertThat(panel.awaitState(id, "FAILED").path("reason").asText()).isEqualTo("driver_lost");
    }

    @Test
    void shouldNotForgetAJobThatItAcceptedAMomentAgo() throws Exception {
        final String id = submit("print=ran");
        panel.killHard();
        panel.start();

        assertSucceeded(id);
    }

    @Test
    void shouldGoOnWaitingForTheOwner() throws Exception {
        panel.guestFile("vm1", "/ask", "x\n");
        final String id = panel.submitted(JobJars.of(Scripted.class), job("/ask", "print=ran"));
        panel.awaitState(id, "AWAITING_CONSENT");
        final String name = panel.job(id).at("/inputs/0/composedFile").asText();
        panel.killHard();
        panel.start();
        composer.set("/ask", "LIVE", "");

        assertSucceeded(id);
        assertThat(panel.job(id).at("/inputs/0/composedFile").asText()).isEqualTo(name);
    }

    @Test
    void shouldLinkAgainWhatWasHalfLinked() throws Exception {
        Files.createFile(root.resolve("hold"));
        final String id = panel.submitted(TestHadoop.examplesJar(), Map.of("mainClass", "io.livemr.examples.WordCount",
            "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));
        final Path half = root.resolve("hdfs/" + id + "/input/0_vm1_a");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(half).as(panel.job(id).toPrettyString()).exists());
        panel.killHard();
        Files.delete(root.resolve("hold"));

        panel.start();

        assertSucceeded(id);
        assertThat(Files.readString(root.resolve("hdfs/" + id + "/output/part-r-00000"))).isEqualTo("one\t1\ntwo\t1\n");
        assertThat(Files.readAllLines(root.resolve("calls"))).filteredOn(call -> call.equals("link follow " + half)).hasSize(2);
    }

    @Test
    void shouldFinishAKillThatWasAskedFor() throws Exception {
        final String id = submit("touch=" + root.resolve("here"), "await=/never");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("here")) && !Files.readString(root.resolve("here")).isEmpty());
        panel.delete("/api/v1/jobs/" + id);
        panel.killHard();
        panel.start();

        assertThat(panel.awaitState(id, "KILLED").path("state").asText()).isEqualTo("KILLED");
        panel.awaitCleanedUp(id);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(root.resolve("here"))))).isEmpty();
        assertThat(composer.files()).isEmpty();
    }

    @Test
    void shouldRemoveAnUploadThatWasHalfTaken() throws Exception {
        panel.killHard();
        final Path half = Files.createDirectories(root.resolve("panel/jobs/no-record"));
        Files.writeString(half.resolve("job.jar"), "half");
        Files.writeString(root.resolve("panel/uploads/upload.tmp"), "half");

        panel.start();

        assertThat(half).doesNotExist();
        assertThat(root.resolve("panel/uploads")).isEmptyDirectory();
    }

    private String submit(final String... args) throws Exception {
        return panel.submitted(JobJars.of(Scripted.class), job("/a", args));
    }

    private static Map<String, Object> job(final String path, final String... args) {
        return Map.of("mainClass", Scripted.class.getName(), "args", List.of(args), "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }

    private void assertSucceeded(final String id) {
        final JsonNode job = panel.awaitState(id, "SUCCEEDED");
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
        // What cleans up is a process that outlives the panel: it would write into the folder that the test's end removes.
        panel.awaitCleanedUp(id);
    }
}
