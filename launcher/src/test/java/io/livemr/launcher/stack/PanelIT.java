package io.livemr.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Run;
import io.livemr.launcher.client.JsonHttp;
import io.livemr.launcher.client.PanelClient;
import io.livemr.launcher.process.SupervisedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of jobs and lists with a real panel, whose one composer is away: jobs wait for it until somebody ends them. */
class PanelIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private static Path run;
    private static SupervisedProcess panel;
    private static PanelClient client;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        final Layout layout = new Layout(run);
        final Ports ports = Ports.keptIn(layout.ports());
        url = ports.url("panel").toString();
        client = new PanelClient(ports.url("panel"), layout.panel());
        panel = new SupervisedProcess(new Services(Installation.find(), layout, ports, StackSpec.in(run)).panel(client), layout.pids()).start();
        // Health is down, as the composer is.
        await().atMost(LIMIT).until(() -> Files.exists(layout.panel().resolve("url")));
    }

    @AfterAll
    static void stop() {
        panel.stop();
    }

    private static Run verb(final String... words) {
        final List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("--panel", url, "--token-file", run.resolve("panel/token").toString()));
        return Run.of(all.toArray(String[]::new));
    }

    private static JsonNode json(final Run run) throws Exception {
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
        return JsonHttp.JSON.readTree(run.out());
    }

    private static String submitted(final String name) throws Exception {
        return json(verb("submit", "--detach", "--output", "json", "--jar", Installation.find().jar("examples").toString(),
            "--main", "io.livemr.examples.WordCount", "--name", name, "--input", "vm1:/data/log", "-D", "mapreduce.job.reduces=2",
            "--to", "/out", "--requester", "bob", "--ttl", "60")).path("id").asText();
    }

    @Test
    void shouldSubmitShowKillAndRunAgain() throws Exception {
        final String id = submitted("first");
        final JsonNode job = json(verb("job", "--output", "json", id));
        final Run early = verb("rerun", "--detach", id);
        final Run killed = verb("kill", id);
        final Run list = verb("jobs", "--in", "KILLED,FAILED");
        final JsonNode again = json(verb("rerun", "--detach", "--output", "json", "--to", "/elsewhere", id));

        assertThat(job.at("/properties/mapreduce.job.reduces").asText()).isEqualTo("2");
        assertThat(job.path("requester").asText()).isEqualTo("bob");
        assertThat(job.path("ttlSeconds").asInt()).isEqualTo(60);
        assertThat(early.code()).isEqualTo(ExitCode.FAILED);
        assertThat(early.err()).contains("job_not_ended").contains("kill it first");
        assertThat(killed.out()).contains(id).contains("KILLED");
        assertThat(list.out()).contains(id).contains("first");
        assertThat(again.path("output").asText()).isEqualTo("/elsewhere");
        assertThat(verb("kill", again.path("id").asText()).code()).isEqualTo(ExitCode.DONE);
        assertThat(verb("logs", id).code()).isEqualTo(ExitCode.DONE);
        assertThat(verb("logs", "-f", id).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldWaitForTheEndAndSayThatItIsABadOne() throws Exception {
        final String jar = Installation.find().jar("examples").toString();
        final CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> await().atMost(LIMIT).until(() -> {
            client.list("/api/v1/jobs?", 100).path("items").forEach(job -> {
                if (job.path("name").asText().equals("doomed")) {
                    client.kill(job.path("id").asText());
                }
            });
            return client.list("/api/v1/jobs?state=KILLED&", 100).path("items").findValuesAsText("name").contains("doomed");
        }));

        final Run run = verb("submit", "--jar", jar, "--main", "io.livemr.examples.WordCount", "--name", "doomed", "--input", "vm1:/x");

        killer.join();
        assertThat(run.code()).isEqualTo(ExitCode.ENDED_BADLY);
        assertThat(run.out()).contains("KILLED");
        assertThat(run.err()).contains("Ctrl-C leaves it").contains("KILLED");
    }

    @Test
    void shouldListWhatThePanelKnows() throws Exception {
        final JsonNode hosts = json(verb("hosts", "--output", "json"));

        assertThat(hosts.at("/items/0/reachable").asBoolean()).isFalse();
        assertThat(verb("hosts").out()).contains("REACHABLE").contains("no ");
        assertThat(verb("files", "--output", "table").out()).startsWith("NAME  VM  PATH");
        assertThat(verb("grants").out()).startsWith("VM  PATH  STATE");
        assertThat(json(verb("vms", "--output", "json"))).isEmpty();
    }

    @Test
    void shouldGiveNoMoreThanTheLimit() throws Exception {
        final List<String> ids = List.of(submitted("a"), submitted("b"));

        final Run list = verb("jobs", "--limit", "1", "--output", "json");

        assertThat(json(list).path("items")).hasSize(1);
        assertThat(list.err()).contains("--limit");
        ids.forEach(id -> assertThat(verb("kill", id).code()).isEqualTo(ExitCode.DONE));
    }

    @Test
    void shouldExamineThePanelAndItsHosts() throws Exception {
        final Run doctor = verb("doctor");

        assertThat(doctor.code()).isEqualTo(ExitCode.LACKING);
        assertThat(doctor.out()).containsPattern("ok +admitted").containsPattern("MISSING +host .*composer");
    }

    @Test
    void shouldSayHowToBeAdmitted() {
        final Run stranger = Run.of("jobs", "--panel", url);

        assertThat(stranger.code()).isEqualTo(ExitCode.NOT_ADMITTED);
        assertThat(stranger.err()).contains("--token-file").contains("--user");
    }

    @Test
    void shouldNameAJobThatIsNotThere() {
        assertThat(verb("job", "no/such job").code()).isNotEqualTo(ExitCode.DONE);
        assertThat(verb("logs", "-f", "nothing").err()).contains("job=nothing is not known");
    }

    @Test
    void shouldSayThatNoPanelAnswers() {
        assertThat(Run.of("jobs", "--panel", "http://127.0.0.1:1").code()).isEqualTo(ExitCode.NO_STACK);
    }
}
