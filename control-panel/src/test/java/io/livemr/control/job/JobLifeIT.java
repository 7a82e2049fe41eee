package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import io.livemr.control.support.TestHadoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job from submission to its end: the panel is a process, RunJar and WordCount are real, composer and shell are stand-ins. */
class JobLifeIT {

    @TempDir
    private Path root;
    private FakeComposer composer;
    private Panel panel;

    @BeforeEach
    void start() throws Exception {
        TestHadoop.requireIt();
        composer = new FakeComposer();
        panel = new Panel(root, composer).start();
    }

    @AfterEach
    void stop() {
        if (composer != null) {
            panel.close();
            composer.close();
        }
    }

    @Test
    void shouldCountTheWordsOfTwoMachinesAndLeaveOnlyTheOutput() throws Exception {
        panel.guestFile("vm1", "/data/a.log", "one two\n");
        panel.guestFile("vm2", "/data/a.log", "two three\n");

        final String id = panel.submitted(TestHadoop.examplesJar(), Map.of("mainClass", "io.livemr.examples.WordCount",
            "inputs", List.of(Map.of("vm", "vm1", "path", "/data/a.log"), Map.of("vm", "vm2", "path", "/data/a.log"))));
        final JsonNode job = panel.awaitState(id, "SUCCEEDED");

        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(Files.readString(root.resolve("hdfs/" + id + "/output/part-r-00000"))).isEqualTo("one\t1\nthree\t1\ntwo\t2\n");
        panel.awaitCleanedUp(id);
        assertThat(composer.files()).isEmpty();
        assertThat(root.resolve("hdfs/" + id).toFile().list()).containsExactly("output");
        assertThat(root.resolve("panel/jobs/" + id + "/job.jar")).doesNotExist();
        assertThat(panel.get("/api/v1/jobs/" + id + "/log").body()).contains("completed successfully");
    }

    @Test
    void shouldSayWithWhatTheDriverFailed() throws Exception {
        panel.guestFile("vm1", "/a", "x\n");

        final String id = panel.submitted(JobJars.withMainInManifest(Scripted.class), Map.of("args", List.of("print=no luck today", "exit=7"),
            "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));
        final JsonNode job = panel.awaitState(id, "FAILED");

        assertThat(job.path("reason").asText()).isEqualTo("driver_failed");
        assertThat(job.path("exitCode").asInt()).isEqualTo(7);
        assertThat(job.path("message").asText()).contains("no luck today");
    }
}
