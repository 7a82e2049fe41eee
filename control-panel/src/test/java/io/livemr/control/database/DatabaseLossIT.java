package io.livemr.control.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.Panel;
import io.livemr.control.support.PostgresServer;
import io.livemr.control.support.RunningPanel;
import io.livemr.control.support.TestHadoop;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The panel's PostgreSQL crashes while one job runs and another waits for an owner, and is started again. */
class DatabaseLossIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel(() -> PostgresServer.shared().panelOptions("--spring.datasource.hikari.connection-timeout=1000"));

    @Test
    void shouldSayThatItsDatabaseIsGoneAndGoOnWithEveryJobWhenItIsBack() throws Exception {
        TestHadoop.requireIt();
        final Path root = RUNNING.root();
        final Panel panel = RUNNING.panel();
        panel.guestFile("vm1", "/a", "one\n");
        final String running = panel.submitted(JobJars.of(Scripted.class), job("/a", "touch=" + root.resolve("here"), "await=" + root.resolve("go")));
        final String waiting = panel.submitted(JobJars.of(Scripted.class), job("/ask"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("here")));
        panel.awaitState(waiting, "AWAITING_CONSENT");
        assertThat(health("/readiness").statusCode()).isEqualTo(200);

        PostgresServer.shared().crash();
        Files.createFile(root.resolve("go"));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(root.resolve("panel/jobs/" + running + "/driver/exit")));

        assertIsUnavailable(panel.get("/api/v1/jobs"));
        assertIsUnavailable(panel.submit(JobJars.of(Scripted.class), job("/a"), "Idempotency-Key", "again"));
        final HttpResponse<String> readiness = health("/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("\"db\":{\"status\":\"DOWN\"").contains("\"composers\":{\"status\":\"UP\"");
        assertThat(health("/liveness").statusCode()).isEqualTo(200);

        PostgresServer.shared().start();

        assertThat(panel.awaitState(running, "SUCCEEDED").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(panel.job(waiting).path("state").asText()).isEqualTo("AWAITING_CONSENT");
        assertThat(health("/readiness").statusCode()).isEqualTo(200);
        assertThat(panel.submit(JobJars.of(Scripted.class), job("/a"), "Idempotency-Key", "again").statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(panel.get("/api/v1/jobs").body()).path("total").asInt()).isEqualTo(3);
        assertThat(root.resolve("panel/jobs").toFile().list()).hasSize(3);
    }

    private static void assertIsUnavailable(final HttpResponse<String> answer) throws Exception {
        final JsonNode problem = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(problem.path("reason").asText()).isEqualTo("database_unavailable");
        assertThat(problem.path("detail").asText()).contains("spring.datasource.url");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    /** With its details, which are an admin's. */
    private static HttpResponse<String> health(final String group) throws Exception {
        return RUNNING.panel().get("/actuator/health" + group);
    }

    private static Map<String, Object> job(final String path, final String... args) {
        return Map.of("mainClass", Scripted.class.getName(), "args", List.of(args), "inputs", List.of(Map.of("vm", "vm1", "path", path)));
    }
}
