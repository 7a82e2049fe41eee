package io.livemr.control.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Listener;
import io.livemr.control.support.RunningPanel;
import io.livemr.control.support.TestHadoop;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listeners of jobs: what they hear, from where they go on, how many there may be and what becomes of one that does not read. */
class EventsIT {

    private static final int LISTENER_LIMIT = 3;
    private static final byte[] JAR = JobJars.of(Scripted.class);

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel("--livemr.events.listener-limit=" + LISTENER_LIMIT, "--livemr.events.patience=2s");

    @BeforeAll
    static void fillTheMachine() throws Exception {
        TestHadoop.requireIt();
        RUNNING.panel().guestFile("vm1", "/a", "one two\n");
    }

    @Test
    void shouldTellStatesAndLogInTheirOrderAndEndWithTheJob() throws Exception {
        final Path go = RUNNING.root().resolve("go-told");
        final Path hold = Files.createFile(RUNNING.root().resolve("hold"));
        final String id = submitted("print=first ä", "await=" + go, "print=second");
        final Listener listener = Listener.of(RUNNING.panel(), id, null);
        await().atMost(Duration.ofSeconds(60)).until(() -> listener.states().contains("COMPOSING"));
        Files.delete(hold);
        await().atMost(Duration.ofSeconds(60)).until(() -> listener.log().equals("first ä\n"));
        assertThat(listener.states()).endsWith("RUNNING");

        Files.createFile(go);

        await().atMost(Duration.ofSeconds(60)).until(listener::hasEnded);
        assertThat(listener.log()).isEqualTo("first ä\nsecond\n");
        assertThat(listener.states()).containsSubsequence("COMPOSING", "RUNNING", "SUCCEEDED").endsWith("SUCCEEDED").doesNotHaveDuplicates();
        assertThat(listener.last().path("event").asText()).isEqualTo("state");
    }

    @Test
    void shouldGoOnBehindTheLastEventThatWasHeard() throws Exception {
        final String id = submitted("print=first", "flood=100000", "print=last");
        RUNNING.panel().awaitState(id, "SUCCEEDED");
        final Listener all = Listener.of(RUNNING.panel(), id, null);
        await().until(all::hasEnded);
        final JsonNode some = all.events().get(all.events().size() / 2);

        final Listener rest = Listener.of(RUNNING.panel(), id, some.path("id").asText());

        await().until(rest::hasEnded);
        assertThat(rest.events()).isEqualTo(all.events().subList(all.events().size() / 2 + 1, all.events().size()));
        assertThat(all.log()).isEqualTo(RUNNING.panel().get("/api/v1/jobs/" + id + "/log").body());
    }

    @Test
    void shouldTellAClientThatHasHeardAllToStayAway() throws Exception {
        final String id = submitted("print=x");
        RUNNING.panel().awaitState(id, "SUCCEEDED");
        final Listener all = Listener.of(RUNNING.panel(), id, null);
        await().until(all::hasEnded);

        final HttpResponse<String> again = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs/" + id + "/events")
            .header("Last-Event-ID", all.last().path("id").asText()));

        assertThat(again.statusCode()).isEqualTo(204);
    }

    @Test
    void shouldRefuseTheListenerThatIsOneTooMany() throws Exception {
        final String id = RUNNING.panel().submitted(JAR, job(List.of(), "/ask-listened"));
        final List<Listener> listeners = List.of(Listener.of(RUNNING.panel(), id, null), Listener.of(RUNNING.panel(), id, null),
            Listener.of(RUNNING.panel(), id, null));
        await().until(() -> metrics().contains("livemr_listeners 3.0"));

        final HttpResponse<String> refusal = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs/" + id + "/events")
            .header("Accept", "text/event-stream"));

        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(new ObjectMapper().readTree(refusal.body()).path("reason").asText()).isEqualTo("too_many_listeners");
        RUNNING.panel().delete("/api/v1/jobs/" + id);
        await().until(() -> listeners.stream().allMatch(Listener::hasEnded));
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.states()).endsWith("KILLED"));
        await().until(() -> metrics().contains("livemr_listeners 0.0"));
        RUNNING.panel().awaitCleanedUp(id);
    }

    @Test
    void shouldDropAListenerThatDoesNotRead() throws Exception {
        final String id = submitted("flood=30000000");
        RUNNING.panel().awaitState(id, "SUCCEEDED");
        final URI url = URI.create(RUNNING.panel().url());

        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(("GET /api/v1/jobs/" + id + "/events HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + RUNNING.panel().request("/").build().headers().firstValue("Authorization").orElseThrow() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

            await().atMost(Duration.ofSeconds(30)).until(() -> metrics().contains("livemr_listeners_ended_total{reason=\"slow\"} 1.0"));
        }
        assertThat(metrics()).contains("livemr_listeners 0.0");
    }

    @Test
    void shouldRefuseAnIdThatIsOfNoEvent() throws Exception {
        final String id = submitted("print=x");

        final HttpResponse<String> refusal = RUNNING.panel().send(RUNNING.panel().request("/api/v1/jobs/" + id + "/events")
            .header("Last-Event-ID", "-1-RUNNING"));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("Last-Event-ID");
        RUNNING.panel().awaitCleanedUp(id);
    }

    private static String metrics() throws Exception {
        return RUNNING.panel().get("/actuator/prometheus").body();
    }

    private static String submitted(final String... args) throws Exception {
        return RUNNING.panel().submitted(JAR, job(List.of(args), "/a"));
    }

    private static Map<String, Object> job(final List<String> args, final String path) {
        return Map.of("mainClass", Scripted.class.getName(), "args", args, "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }
}
