package io.livemr.control.livy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.RunningPanel;
import io.livemr.control.support.TestHadoop;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of Livy's documentation about batches (livy.apache.org/docs/latest/rest-api.html), with a jar that an earlier job left. */
class BatchesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel();
    private static String jar;

    @BeforeAll
    static void uploadAJar() throws Exception {
        TestHadoop.requireIt();
        RUNNING.panel().guestFile("vm1", "/a", "one two\n");
        final String id = RUNNING.panel().submitted(JobJars.of(Scripted.class), Map.of("mainClass", Scripted.class.getName(), "args", List.of(),
            "inputs", List.of(Map.of("vm", "vm1", "path", "/a"))));
        jar = "sha256:" + RUNNING.panel().awaitCleanedUp(id).at("/jar/sha256").asText();
    }

    @Test
    void shouldRunABatchAndShowItsStateAndLog() throws Exception {
        final HttpResponse<String> taken = post(batch("/a", "args", List.of("print=one", "print=two", "print=three"), "name", "nightly"));
        final JsonNode batch = JSON.readTree(taken.body());
        final long id = batch.path("id").asLong();

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(taken.headers().firstValue("Location")).hasValue("/batches/" + id);
        assertThat(batch.path("id").isIntegralNumber()).isTrue();
        assertThat(batch.path("state").asText()).isIn("not_started", "starting", "running");
        awaitState(id, "success");
        assertThat(get("/batches/" + id).path("name").asText()).isEqualTo("nightly");
        assertThat(lines("/batches/" + id + "/log")).containsExactly("one", "two", "three");
        assertThat(lines("/batches/" + id + "/log?from=1&size=1")).containsExactly("two");
        assertThat(lines("/batches/" + id + "/log?from=-1&size=2")).containsExactly("two", "three");
        assertThat(get("/batches/" + id + "/log").path("total").asInt()).isEqualTo(3);
    }

    @Test
    void shouldListAndKillBatches() throws Exception {
        final long first = JSON.readTree(post(batch("/ask1")).body()).path("id").asLong();
        final long second = JSON.readTree(post(batch("/ask2")).body()).path("id").asLong();
        awaitState(first, "starting");

        final JsonNode list = get("/batches?from=" + (get("/batches?size=0").path("total").asInt() - 1) + "&size=1");
        final HttpResponse<String> killed = RUNNING.panel().delete("/batches/" + first);
        RUNNING.panel().delete("/batches/" + second);

        assertThat(second).isGreaterThan(first);
        assertThat(list.path("sessions").findValuesAsText("id")).containsExactly(Long.toString(second));
        assertThat(killed.body()).isEqualTo("{\"msg\":\"deleted\"}");
        awaitState(first, "killed");
        awaitState(second, "killed");
    }

    @ParameterizedTest
    @CsvSource({"executorMemory, 20G", "numExecutors, 3", "queue, default", "shoeSize, 44"})
    void shouldNameTheFieldThatMeansNothingHere(final String field, final String value) throws Exception {
        final HttpResponse<String> refusal = post(batch("/a", field, value));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("field=" + field);
    }

    @Test
    void shouldSayWhatABatchLacks() throws Exception {
        assertThat(post(batch("/a", "conf", Map.of())).body()).contains("livemr.inputs");
        assertThat(post(batch("/a", "conf", Map.of("livemr.inputs", "{"))).statusCode()).isEqualTo(400);
        assertThat(post(batch("/a", "conf", Map.of("livemr.inputs", "{\"vm1\": \"/a\"}", "fs.defaultFS", "file:///"))).body()).contains("fs.defaultFS");
        assertThat(post(batch("/a", "file", "/user/me/job.jar")).body()).contains("field=file");
        assertThat(post(batch("/a", "file", "sha256:" + "0".repeat(64))).body()).contains("no_such_jar");
        assertThat(post(batch("/a", "className", "org.example.Absent")).statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/batches/999999", "/batches/999999/state", "/batches/999999/log"})
    void shouldSayThatABatchIsNotThere(final String path) throws Exception {
        assertThat(RUNNING.panel().get(path).statusCode()).isEqualTo(404);
    }

    private static Map<String, Object> batch(final String path, final Object... more) {
        final Map<String, Object> batch = new TreeMap<>(Map.of("file", jar, "className", Scripted.class.getName(), "args", List.of(),
            "conf", Map.of("livemr.inputs", "{\"vm1\": [\"" + path + "\"]}")));
        for (int i = 0; i < more.length; i += 2) {
            batch.put((String) more[i], more[i + 1]);
        }
        return batch;
    }

    private static HttpResponse<String> post(final Map<String, Object> batch) throws Exception {
        return RUNNING.panel().send(RUNNING.panel().request("/batches").header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(batch))));
    }

    private static JsonNode get(final String path) throws Exception {
        return JSON.readTree(RUNNING.panel().get(path).body());
    }

    private static List<String> lines(final String path) throws Exception {
        return JSON.convertValue(get(path).path("log"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static void awaitState(final long id, final String state) {
        await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
            .until(() -> get("/batches/" + id + "/state").path("state").asText().equals(state));
    }
}
