package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.PeoplePanel;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one project learns of another's, and reaches of it: nothing (threat T12). */
@ExtendWith(PeoplePanel.class)
class CrossProjectIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/jobs/ID", "/api/v1/jobs/ID/log", "/api/v1/jobs/ID/events"})
    void shouldSayOfAnothersJobWhatItSaysOfOneThatNeverWas(final String path) throws Exception {
        final String id = submitted("analyst", "vm1", Map.of());
        final String never = "00000000-0000-4000-8000-000000000000";

        final HttpResponse<String> others = PeoplePanel.get("stranger", path.replace("ID", id));
        final HttpResponse<String> nobodys = PeoplePanel.get("stranger", path.replace("ID", never));

        assertThat(others.statusCode()).isEqualTo(404);
        assertThat(others.body()).isEqualTo(nobodys.body().replace(never, id));
    }

    @Test
    void shouldListTheJobsOfOnesOwnProjectAndAllForAnAdmin() throws Exception {
        final String webs = submitted("analyst", "vm1", Map.of());
        final String others = submitted("stranger", "vm2", Map.of());

        assertThat(jobs("viewer")).contains(webs).doesNotContain(others);
        assertThat(jobs("stranger")).contains(others).doesNotContain(webs);
        assertThat(jobs("admin")).contains(webs, others);
        final JsonNode page = JSON.readTree(PeoplePanel.get("stranger", "/api/v1/jobs?size=100").body());
        assertThat(page.path("total").asInt()).isEqualTo(page.path("items").size());
    }

    @Test
    void shouldShowTheMachinesThatTheProjectMayName() throws Exception {
        assertThat(machines("viewer")).contains("vm1").doesNotContain("vm2");
        assertThat(machines("stranger")).contains("vm2").doesNotContain("vm1");
        assertThat(machines("admin")).contains("vm1", "vm2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/files", "/api/v1/grants"})
    void shouldShowTheFilesAndGrantsOfThoseMachines(final String list) throws Exception {
        PeoplePanel.panel().awaitState(submitted("analyst", "vm1", Map.of()), "AWAITING_CONSENT");
        PeoplePanel.panel().awaitState(submitted("stranger", "vm2", Map.of()), "AWAITING_CONSENT");

        assertThat(vmsOf("viewer", list)).contains("vm1").doesNotContain("vm2");
        assertThat(vmsOf("stranger", list)).contains("vm2").doesNotContain("vm1");
        assertThat(vmsOf("admin", list)).contains("vm1", "vm2");
        final JsonNode page = JSON.readTree(PeoplePanel.get("stranger", list + "?size=1").body());
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("total").asInt()).isEqualTo(vmsOf("stranger", list).size());
    }

    @Test
    void shouldSayTheSameOfAForbiddenMachineWhetherThereIsOneOrNot() throws Exception {
        final HttpResponse<String> there = submit("stranger", "vm1", Map.of());
        final HttpResponse<String> nowhere = submit("stranger", "vm7", Map.of());

        assertThat(there.statusCode()).isEqualTo(403);
        assertThat(there.body()).contains("vm_not_allowed").isEqualTo(nowhere.body().replace("vm7", "vm1"));
    }

    @Test
    void shouldEndAJobWhoseMachineItsProjectMayNoLongerName() throws Exception {
        PeoplePanel.project("shrinking", "vm*");
        PeoplePanel.account("shrunk", "shrinking", "ANALYST");
        final String id = submitted("shrunk", "vm1", Map.of());
        PeoplePanel.panel().awaitState(id, "AWAITING_CONSENT");

        PeoplePanel.project("shrinking", "vm2");

        assertThat(PeoplePanel.panel().awaitState(id, "FAILED").path("reason").asText()).isEqualTo("vm_not_allowed");
        PeoplePanel.panel().awaitCleanedUp(id);
    }

    @Test
    void shouldAskOwnersInNobodysNameButTheAccounts() throws Exception {
        final HttpResponse<String> forged = submit("analyst", "vm1", Map.of("requester", "stranger"));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).contains("requester_not_allowed");
        assertThat(PeoplePanel.panel().job(submitted("analyst", "vm1", Map.of())).path("requester").asText()).isEqualTo("analyst");
        assertThat(PeoplePanel.panel().job(submitted("admin", "vm1", Map.of("requester", "alice"))).path("requester").asText()).isEqualTo("alice");
    }

    @Test
    void shouldGiveNobodyAnothersJobForAnIdempotencyKeyThatIsGuessed() throws Exception {
        final HttpResponse<String> first = submit("analyst", "vm1", Map.of(), "Idempotency-Key", "guessable");
        PeoplePanel.project("twin", "vm1");
        PeoplePanel.account("twin", "twin", "ANALYST");

        final HttpResponse<String> second = submit("twin", "vm1", Map.of(), "Idempotency-Key", "guessable");

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.headers().firstValue("Location")).isNotEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void shouldTellTheDetailsOfItsHealthToAdminsOnly() throws Exception {
        assertThat(PeoplePanel.get("nobody", "/actuator/health").body()).doesNotContain("components");
        assertThat(PeoplePanel.get("analyst", "/actuator/health").body()).doesNotContain("components");
        assertThat(PeoplePanel.get("admin", "/actuator/health").body()).contains(PeoplePanel.composer().url());
        assertThat(PeoplePanel.panel().get("/actuator/health").body()).contains(PeoplePanel.composer().url());
    }

    @Test
    void shouldTakeNoBodyThatIsLargeOrOfUnknownLengthButUploads() throws Exception {
        final HttpResponse<String> large = PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.request("nobody", "/api/v1/session"), "POST",
            "{\"name\":\"" + "x".repeat(200_000) + "\"}"));
        final HttpResponse<String> endless = PeoplePanel.panel().send(PeoplePanel.request("nobody", "/api/v1/session")
            .header("Content-Type", "application/json").POST(BodyPublishers.ofInputStream(InputStream::nullInputStream)));

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("body_too_large");
        assertThat(endless.statusCode()).isEqualTo(411);
        assertThat(endless.body()).contains("length_required");
    }

    @Test
    void shouldWriteNoSecretIntoItsLogOrItsAnswers() throws Exception {
        final String token = Files.readString(PeoplePanel.root().resolve("panel/token")).strip();
        final String accounts = PeoplePanel.panel().get("/api/v1/accounts?size=100").body();

        assertThat(Files.readString(PeoplePanel.root().resolve("panel.log"))).isNotEmpty().doesNotContain(token, "the password of", "bcrypt");
        assertThat(accounts).contains("analyst").doesNotContain("bcrypt", "password");
    }

    private static List<String> vmsOf(final String who, final String list) throws IOException {
        return JSON.readTree(PeoplePanel.get(who, list + "?size=100").body()).findValuesAsText("vm");
    }

    private static String jobs(final String who) throws IOException {
        return PeoplePanel.get(who, "/api/v1/jobs?size=100").body();
    }

    private static List<String> machines(final String who) throws IOException {
        return JSON.readTree(PeoplePanel.get(who, "/api/v1/vms").body()).findValuesAsText("name");
    }

    private static String submitted(final String who, final String vm, final Map<String, Object> more) throws IOException {
        final HttpResponse<String> taken = submit(who, vm, more);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        return JSON.readTree(taken.body()).path("id").asText();
    }

    private static HttpResponse<String> submit(final String who, final String vm, final Map<String, Object> more, final String... headers)
            throws IOException {
        final var request = PeoplePanel.submission(PeoplePanel.request(who, "/api/v1/jobs"), vm, more);
        return PeoplePanel.panel().send(headers.length == 0 ? request : request.headers(headers));
    }
}
