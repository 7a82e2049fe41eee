package io.livemr.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.PeoplePanel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a panel keeps of who asked for, got and lost which file. */
@ExtendWith(PeoplePanel.class)
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldTellWhoAskedForWhichFileAndWhoseYesItWas() throws Exception {
        final String id = waiting("/ask-audited");

        PeoplePanel.composer().set("/ask-audited", "LIVE", "");

        await().until(() -> events(id).contains("FILE_GRANTED"));
        assertThat(events(id)).containsSubsequence("FILE_GRANTED", "FILE_ASKED", "JOB_SUBMITTED");
        final JsonNode granted = rows("admin", "?job=" + id + "&event=FILE_GRANTED").get(0);
        assertThat(granted.path("account").asText()).isEqualTo("analyst");
        assertThat(granted.path("requester").asText()).isEqualTo("analyst");
        assertThat(granted.path("project").asText()).isEqualTo("web");
        assertThat(granted.path("vm").asText()).isEqualTo("vm1");
        assertThat(granted.path("path").asText()).isEqualTo("/ask-audited");
        assertThat(granted.path("owner").asText()).isEqualTo("alice");
        assertThat(granted.path("grantedBy").asText()).isEqualTo("owner");
        assertThat(granted.path("composedFile").asText()).startsWith("livemr_");
    }

    @ParameterizedTest
    @CsvSource({"DENIED, owner_said_no, FILE_DENIED", "REVOKED, owner_revoked, FILE_REVOKED", "REVOKED, expired, FILE_EXPIRED", "FAILED, io_error, FILE_FAILED"})
    void shouldTellWhatTheOwnerOrTimeTookAway(final String state, final String reason, final String event) throws Exception {
        final String path = "/ask-" + reason;
        final String id = waiting(path);

        PeoplePanel.composer().set(path, state, reason);

        await().until(() -> events(id).contains(event));
        assertThat(rows("viewer", "?job=" + id + "&event=" + event).get(0).path("reason").asText()).isEqualTo(reason);
    }

    @Test
    void shouldTellWhoKilledAJobOnce() throws Exception {
        final String id = waiting("/ask-to-be-killed");

        PeoplePanel.panel().send(PeoplePanel.request("admin", "/api/v1/jobs/" + id).DELETE());
        PeoplePanel.panel().send(PeoplePanel.request("admin", "/api/v1/jobs/" + id).DELETE());

        assertThat(events(id)).filteredOn("JOB_KILLED"::equals).hasSize(1);
        assertThat(rows("viewer", "?job=" + id + "&event=JOB_KILLED").get(0).path("account").asText()).isEqualTo("admin");
    }

    @Test
    void shouldTellOnesOwnProjectOnlyAndAnAdminAll() throws Exception {
        final String id = waiting("/ask-private");

        assertThat(rows("viewer", "?job=" + id)).isNotEmpty();
        assertThat(rows("stranger", "?job=" + id)).isEmpty();
        assertThat(rows("stranger", "?size=100")).allSatisfy(row -> assertThat(row.path("project").asText()).isEqualTo("other"));
        assertThat(rows("admin", "?job=" + id)).isNotEmpty();
    }

    @Test
    void shouldFindRowsByMachinePathAccountAndTime() throws Exception {
        final Instant before = Instant.now();
        final String id = waiting("/ask-found");

        assertThat(rows("admin", "?path=/ask-found&vm=vm1&account=analyst&from=" + before)).isNotEmpty()
            .allSatisfy(row -> assertThat(row.path("job").asText()).isEqualTo(id));
        assertThat(rows("admin", "?path=/ask-found&vm=vm2")).isEmpty();
        assertThat(rows("admin", "?path=/ask-found&account=viewer")).isEmpty();
        assertThat(rows("admin", "?path=/ask-found&to=" + before)).isEmpty();
        assertThat(PeoplePanel.get("admin", "/api/v1/audit?event=NOTHING").statusCode()).isEqualTo(400);
        assertThat(PeoplePanel.get("admin", "/api/v1/audit?from=yesterday").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTellWhoChangedAccountsAndProjectsAndNeverAPassword() throws Exception {
        PeoplePanel.project("audited", "vm1");
        PeoplePanel.account("audited", "audited", "VIEWER");
        PeoplePanel.panel().delete("/api/v1/accounts/audited");

        final List<JsonNode> rows = rows("admin", "?account=installation&size=100");

        assertThat(rows).filteredOn(row -> row.path("subject").asText().equals("audited")).extracting(row -> row.path("event").asText())
            .containsExactly("ACCOUNT_CLOSED", "ACCOUNT_CREATED", "PROJECT_SET");
        assertThat(rows.toString()).doesNotContain("password", "bcrypt");
    }

    private static String waiting(final String path) throws IOException {
        final HttpResponse<String> taken = PeoplePanel.panel().send(PeoplePanel.submission(PeoplePanel.request("analyst", "/api/v1/jobs"), "vm1",
            Map.of("inputs", List.of(Map.of("vm", "vm1", "path", path)))));
        final String id = JSON.readTree(taken.body()).path("id").asText();
        PeoplePanel.panel().awaitState(id, "AWAITING_CONSENT");
        return id;
    }

    private static List<String> events(final String jobId) throws IOException {
        return rows("viewer", "?job=" + jobId).stream().map(row -> row.path("event").asText()).toList();
    }

    private static List<JsonNode> rows(final String who, final String query) throws IOException {
        final HttpResponse<String> answer = PeoplePanel.get(who, "/api/v1/audit" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readerForListOf(JsonNode.class).readValue(JSON.readTree(answer.body()).path("items"));
    }
}
