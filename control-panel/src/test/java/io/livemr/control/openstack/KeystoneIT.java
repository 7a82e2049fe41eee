package io.livemr.control.openstack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.livemr.control.support.FakeOpenStack.PROJECT;
import static io.livemr.control.support.FakeOpenStack.login;
import static io.livemr.control.support.FakeOpenStack.serverList;
import static io.livemr.control.support.FakeOpenStack.validation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.FakeOpenStack;
import io.livemr.control.support.PeoplePanel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users of OpenStack at a panel that has local accounts, too. */
@ExtendWith(PeoplePanel.class)
class KeystoneIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER_PROJECT = "fedcba9876543210fedcba9876543210";

    private final FakeOpenStack openStack = PeoplePanel.openStack();

    @BeforeEach
    void fill() {
        openStack.on(validation("member-token"), openStack.aToken("", "ann", PROJECT, "member"));
        openStack.on(validation("other-token"), openStack.aToken("", "otto", OTHER_PROJECT, "member"));
        openStack.servers(PROJECT, "6f9619ff-8b86-d011-b42d-00c04fc964ff web-1 host1 vm1", "i9 lonely host9 vm9");
        openStack.servers(OTHER_PROJECT, "i2 db-1 host1 vm2");
        PeoplePanel.composer().uuid("vm1", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
        PeoplePanel.composer().uuid("vm2", "i2");
    }

    @ParameterizedTest
    @CsvSource({"admin, ADMIN", "member, ANALYST", "reader, VIEWER"})
    void shouldKnowAUserByHisTokenAndHisRoleByThatOfKeystone(final String role, final String here) throws Exception {
        openStack.on(validation("token-of-" + role), openStack.aToken("", "ann", PROJECT, role));

        final JsonNode session = JSON.readTree(get("token-of-" + role, "/api/v1/session").body());

        assertThat(session.path("name").asText()).isEqualTo("ann@Default");
        assertThat(session.path("project").asText()).isEqualTo(PROJECT);
        assertThat(session.at("/roles/0").asText()).isEqualTo(here);
    }

    @Test
    void shouldLetNobodyInWithATokenOrARoleThatIsNone() throws Exception {
        openStack.on(validation("useless"), openStack.aToken("", "ann", PROJECT, "swiftoperator"));

        assertThat(get("no-such-token", "/api/v1/jobs").statusCode()).isEqualTo(401);
        assertThat(get("useless", "/api/v1/jobs").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldSayThatKeystoneFailsAndNotThatTheTokenIsWrong() throws Exception {
        openStack.on(validation("unlucky"), aResponse().withStatus(500));

        final HttpResponse<String> answer = get("unlucky", "/api/v1/jobs");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("openstack_failed").doesNotContain("unlucky");
    }

    @Test
    void shouldLogInWithAPasswordOfKeystone() throws Exception {
        openStack.on(login("ann", "analytics"), openStack.aToken("fresh", "ann", PROJECT, "member"));

        final HttpResponse<String> session = PeoplePanel.panel().send(PeoplePanel.json(PeoplePanel.request("nobody", "/api/v1/session"), "POST",
            "{\"name\":\"ann\",\"password\":\"of keystone\",\"project\":\"analytics\"}"));
        final String cookie = session.headers().allValues("Set-Cookie").stream().filter(one -> one.startsWith("LIVEMR_SESSION")).findFirst().orElseThrow();

        assertThat(session.statusCode()).isEqualTo(200);
        assertThat(PeoplePanel.panel().send(PeoplePanel.request("nobody", "/api/v1/session").header("Cookie", cookie.split(";")[0])).body())
            .contains("ann@Default");
    }

    @ParameterizedTest
    @CsvSource({"web-1", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "vm1"})
    void shouldTakeAServerByItsNameItsIdOrThatOfItsHost(final String name) throws Exception {
        final HttpResponse<String> taken = submit("member-token", name);

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        final JsonNode job = JSON.readTree(taken.body());
        assertThat(job.at("/inputs/0/vm").asText()).isEqualTo("vm1");
        assertThat(job.path("requester").asText()).isEqualTo("ann@Default");
        assertThat(get("other-token", "/api/v1/jobs/" + job.path("id").asText()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"db-1", "vm2", "i2", "nothing"})
    void shouldNotSayWhetherAnotherProjectHasAServer(final String name) throws Exception {
        final HttpResponse<String> refused = submit("member-token", name);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body().replace(name, "VM")).isEqualTo(submit("member-token", "never-was").body().replace("never-was", "VM"));
    }

    @Test
    void shouldNameTheHostThatHasNoComposer() throws Exception {
        final HttpResponse<String> refused = submit("member-token", "lonely");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("no_composer", "host=host9");
    }

    /** Each cell of Nova counts its own instances, so two hosts may each have one of a name. */
    @Test
    void shouldNotTakeAnothersMachineThatGoesByTheNameOfAServersInstance() throws Exception {
        openStack.servers(PROJECT, "i7 far host7 vm2");

        assertThat(List.of("far", "i7", "vm2")).allSatisfy(name -> {
            final HttpResponse<String> refused = submit("member-token", name);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("no_composer", "host=host7");
        });
    }

    @Test
    void shouldListTheMachinesOfTheProject() throws Exception {
        assertThat(JSON.readTree(get("member-token", "/api/v1/vms").body()).findValuesAsText("name")).containsExactly("vm1");
        assertThat(JSON.readTree(get("other-token", "/api/v1/vms").body()).findValuesAsText("name")).containsExactly("vm2");
    }

    @Test
    void shouldEndAJobWhoseServerIsNoLongerTheProjectsAndWaitWhileNovaSaysNothing() throws Exception {
        final String id = JSON.readTree(submit("member-token", "web-1").body()).path("id").asText();
        openStack.on(serverList(PROJECT), aResponse().withStatus(503));
        await().until(() -> PeoplePanel.panel().job(id).path("message").asText().contains("status=503"));

        openStack.servers(PROJECT);

        assertThat(PeoplePanel.panel().awaitState(id, "FAILED").path("reason").asText()).isEqualTo("vm_not_allowed");
    }

    private static HttpResponse<String> submit(final String token, final String vm) throws IOException {
        return PeoplePanel.panel().send(PeoplePanel.submission(request(token, "/api/v1/jobs"), vm, Map.of()));
    }

    private static HttpResponse<String> get(final String token, final String path) throws IOException {
        return PeoplePanel.panel().send(request(token, path));
    }

    private static HttpRequest.Builder request(final String token, final String path) throws IOException {
        return PeoplePanel.request("nobody", path).header("X-Auth-Token", token);
    }
}
