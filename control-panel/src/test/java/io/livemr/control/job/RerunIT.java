package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.RunningPanel;
import io.livemr.control.support.TestHadoop;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ended jobs that are run again, and what they were submitted with. */
class RerunIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT_BYTES = 100_000;
    private static final byte[] SMALL = JobJars.of(Scripted.class);

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel("--livemr.jars.keep-size=" + KEPT_BYTES + "B");

    @BeforeAll
    static void fillTheMachine() throws IOException {
        TestHadoop.requireIt();
        RUNNING.panel().guestFile("vm1", "/a", "one two\n");
    }

    @Test
    void shouldRunAnEndedJobAgainWithItsJarArgumentsInputsAndProperties() throws Exception {
        final String first = RUNNING.panel().submitted(TestHadoop.examplesJar(), Map.of("mainClass", "io.livemr.examples.WordCount",
            "name", "words", "properties", Map.of("mapreduce.job.reduces", "2"), "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));
        assertSucceeded(first);

        final String second = id(rerun(first, ""));
        final JsonNode job = assertSucceeded(second);

        assertThat(job.path("name").asText()).isEqualTo("words");
        assertThat(job.at("/jar/sha256")).isEqualTo(RUNNING.panel().job(first).at("/jar/sha256"));
        assertThat(job.at("/properties/mapreduce.job.reduces").asText()).isEqualTo("2");
        assertThat(wordsOf(second)).hasSize(2).isEqualTo(wordsOf(first));
    }

    @Test
    void shouldKeepThePlaceOfTheOutputThatTheUserNamedUnlessHeNamesAnother() throws Exception {
        final String first = ended(Map.of("mainClass", Scripted.class.getName(), "output", "/out/x", "args", List.of("{output}"),
            "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));

        final String same = id(rerun(first, ""));
        final String other = id(rerun(first, "?output=/out/y"));

        RUNNING.panel().awaitCleanedUp(same);
        RUNNING.panel().awaitCleanedUp(other);
        assertThat(RUNNING.panel().get("/api/v1/jobs/" + same + "/log").body()).isEqualTo("/out/x\n");
        assertThat(RUNNING.panel().get("/api/v1/jobs/" + other + "/log").body()).isEqualTo("/out/y\n");
    }

    @Test
    void shouldRunAgainOnceForOneIdempotencyKey() throws Exception {
        final String first = ended(job("/a"));

        final String second = id(rerun(first, "", "Idempotency-Key", "\"again\""));

        assertThat(id(rerun(first, "", "Idempotency-Key", "\"again\""))).isEqualTo(second);
        assertThat(rerun(first, "?output=/out/z", "Idempotency-Key", "\"again\"").statusCode()).isEqualTo(422);
        RUNNING.panel().awaitCleanedUp(second);
    }

    @Test
    void shouldNotRunAJobAgainThatHasNotEnded() throws Exception {
        final String id = RUNNING.panel().submitted(SMALL, job("/ask-rerun"));

        final HttpResponse<String> refusal = rerun(id, "");

        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(refusal.body()).contains("job_not_ended");
        RUNNING.panel().delete("/api/v1/jobs/" + id);
        RUNNING.panel().awaitCleanedUp(id);
    }

    @Test
    void shouldSayThatAJarIsGoneThatWasTooMuchToKeep() throws Exception {
        final String id = RUNNING.panel().submitted(JobJars.padded(Scripted.class, KEPT_BYTES), job("/a"));
        await().atMost(Duration.ofSeconds(90)).until(() -> !RUNNING.panel().job(id).at("/jar/kept").asBoolean());

        final HttpResponse<String> refusal = rerun(id, "");

        assertThat(RUNNING.root().resolve("panel/jobs/" + id + "/job.jar")).doesNotExist();
        assertThat(refusal.statusCode()).isEqualTo(410);
        assertThat(refusal.body()).contains("jar_gone", "livemr.jars.keep-size");
    }

    @Test
    void shouldNotRunAStoredJarInWhichABitFlipped() throws Exception {
        final String first = ended(job("/a"));
        final Path jar = RUNNING.root().resolve("panel/jobs/" + first + "/job.jar");
        final byte[] damaged = Files.readAllBytes(jar);
        damaged[damaged.length / 2] ^= 1;
        Files.write(jar, damaged);

        final JsonNode second = RUNNING.panel().awaitCleanedUp(id(rerun(first, "")));

        assertThat(second.path("state").asText()).isEqualTo("FAILED");
        assertThat(second.path("reason").asText()).isEqualTo("jar_damaged");
    }

    @Test
    void shouldNameThePropertyItRefuses() throws Exception {
        final HttpResponse<String> refusal = RUNNING.panel().submit(SMALL, Map.of("mainClass", Scripted.class.getName(),
            "properties", Map.of("fs.defaultFS", "file:///"), "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("field=properties", "fs.defaultFS");
    }

    private static JsonNode assertSucceeded(final String id) throws IOException {
        final JsonNode job = RUNNING.panel().awaitCleanedUp(id);
        assertThat(job.path("state").asText()).as(job.toPrettyString() + RUNNING.panel().get("/api/v1/jobs/" + id + "/log").body())
            .isEqualTo("SUCCEEDED");
        return job;
    }

    private static String ended(final Map<String, Object> job) throws IOException {
        final String id = RUNNING.panel().submitted(SMALL, job);
        RUNNING.panel().awaitCleanedUp(id);
        return id;
    }

    private static HttpResponse<String> rerun(final String id, final String query, final String... headers) throws IOException {
        final var request = RUNNING.panel().request("/api/v1/jobs/" + id + "/rerun" + query).POST(BodyPublishers.noBody());
        return RUNNING.panel().send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String id(final HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private static List<String> wordsOf(final String id) throws IOException {
        final Path output = RUNNING.root().resolve("hdfs/" + id + "/output");
        return List.of(Files.readString(output.resolve("part-r-00000")), Files.readString(output.resolve("part-r-00001")));
    }

    private static Map<String, Object> job(final String path) {
        return Map.of("mainClass", Scripted.class.getName(), "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }
}
