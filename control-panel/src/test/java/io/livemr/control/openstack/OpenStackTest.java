package io.livemr.control.openstack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.livemr.control.support.FakeOpenStack.PROJECT;
import static io.livemr.control.support.FakeOpenStack.login;
import static io.livemr.control.support.FakeOpenStack.page;
import static io.livemr.control.support.FakeOpenStack.pageOfMore;
import static io.livemr.control.support.FakeOpenStack.refusal;
import static io.livemr.control.support.FakeOpenStack.serverList;
import static io.livemr.control.support.FakeOpenStack.validation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.livemr.control.support.FakeOpenStack;
import io.livemr.control.support.RecordedAnswer;
import io.livemr.control.support.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of each answer of Keystone and Nova, the bad ones above all: never an empty list in place of an error. */
class OpenStackTest {

    @TempDir
    private Path folder;
    private final FakeOpenStack fake = new FakeOpenStack();
    private OpenStack openStack;

    @BeforeEach
    void start() throws Exception {
        openStack = at(Clock.systemUTC(), "1ms");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void shouldKnowTheUserOfAToken() throws Exception {
        fake.on(validation("t1"), fake.aToken("", "alice", PROJECT, "member"));

        assertThat(openStack.validate("t1")).isEqualTo(new OpenStackUser("alice@Default", PROJECT, List.of("member"),
            Instant.parse("2099-01-01T00:00:00Z")));
    }

    @Test
    void shouldCallAUserWhoseNameCouldBeMistakenByHisId() throws Exception {
        fake.on(validation("t1"), fake.aToken("", "alice@example.org", PROJECT, "member"));

        assertThat(openStack.validate("t1").name()).isEqualTo("u-alice@example.org@id");
    }

    @Test
    void shouldTakeATokenNoLongerThanItLives() throws Exception {
        fake.on(validation("t1"), fake.aToken("", "alice", PROJECT, "member"));
        final OpenStack later = at(Clock.fixed(Instant.parse("2099-01-01T00:00:00Z"), ZoneOffset.UTC), "1h");

        assertThat(failure(() -> later.validate("t1")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"401, openstack_unauthorized", "403, openstack_forbidden", "404, openstack_not_found", "413, openstack_busy", "429, openstack_busy",
        "500, openstack_failed", "503, openstack_failed", "300, openstack_failed"})
    void shouldNameTheServiceAndItsStatus(final int status, final String reason) {
        fake.on(validation("t1"), refusal(status));
        fake.on(serverList(PROJECT), refusal(status));

        assertThat(failure(() -> openStack.validate("t1"))).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining("/v3/auth/tokens answered status=" + status);
        });
        assertThat(failure(() -> openStack.servers(PROJECT))).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining("/nova/servers/detail answered status=" + status);
        });
    }

    @ParameterizedTest
    @CsvSource({"nova-unauthorized, openstack_unauthorized", "nova-forbidden, openstack_forbidden", "nova-not-found, openstack_not_found"})
    void shouldUnderstandHowNovaRefuses(final String recorded, final String reason) {
        fake.on(serverList(PROJECT), RecordedAnswer.read(recorded).served());

        assertThat(failure(() -> openStack.servers(PROJECT)).reason()).isEqualTo(reason);
    }

    @Test
    void shouldNotWaitForAServiceThatFallsSilentInTheMiddleOfItsAnswer() {
        fake.on(serverList(PROJECT), page(PROJECT, "i1 web-1 host1 vm1").withChunkedDribbleDelay(10, 60_000));
        final long start = System.nanoTime();

        final OpenStackException failure = failure(() -> openStack.servers(PROJECT));

        assertThat(failure.reason()).isEqualTo("openstack_unreachable");
        assertThat(failure).hasMessageContaining("livemr.openstack.request-limit");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK", "CONNECTION_RESET_BY_PEER"})
    void shouldSayThatAnAnswerBrokeOff(final Fault fault) {
        fake.on(serverList(PROJECT), aResponse().withFault(fault));

        assertThat(failure(() -> openStack.servers(PROJECT)).reason()).isEqualTo("openstack_unreachable");
    }

    @Test
    void shouldLogInOnceMoreWhenTheConnectionWasClosedUnderIt() throws Exception {
        fake.servers(PROJECT, "i1 web-1 host1 vm1");
        fake.on(login("livemr", "service").inScenario("closed").whenScenarioStateIs(Scenario.STARTED).willSetStateTo("open"),
            aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(openStack.servers(PROJECT)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"servers\":[{\"id\"|no JSON", "[]|no object", "{}|no list of servers", "{\"servers\":7}|no list of servers",
        "{\"servers\":[{\"id\":\"i\",\"tenant_id\":\"another\"}]}|another project"}, quoteCharacter = '~')
    void shouldTakeNoAnswerThatIsNotWhatWasAskedFor(final String body, final String message) {
        fake.on(serverList(PROJECT), okJson(body));

        assertThat(failure(() -> openStack.servers(PROJECT))).hasMessageContaining(message);
    }

    @Test
    void shouldSayThatThereIsNoComputeEndpointAndNotThatThereAreNoServers() {
        fake.on(login("livemr", "service"), fake.aToken("own-token", "livemr", "service-id", "admin"));

        assertThat(failure(() -> openStack.servers(PROJECT)).reason()).isEqualTo("openstack_no_compute");
    }

    @Test
    void shouldSayThatItsOwnAccountMayNotSeeHosts() {
        fake.on(serverList(PROJECT), okJson("{\"servers\":[{\"id\":\"i\",\"name\":\"n\",\"tenant_id\":\"" + PROJECT + "\"}]}"));

        assertThat(failure(() -> openStack.servers(PROJECT))).hasMessageContaining("os-extended-server-attributes");
    }

    @Test
    void shouldTakeAServerThatIsNowhereForNoMachine() throws Exception {
        fake.on(serverList(PROJECT), page(PROJECT, "i1 web-1 host1 vm1", "i2 web-2  vm2"));

        assertThat(openStack.servers(PROJECT)).extracting(Server::instanceName).containsExactly("vm1");
    }

    @Test
    void shouldReadAllPages() throws Exception {
        fake.on(serverList(PROJECT).withQueryParam("marker", absent()), pageOfMore(PROJECT, "i1 web-1 host1 vm1", "i2 web-2 host1 vm2"));
        fake.on(serverList(PROJECT).withQueryParam("marker", equalTo("i2")), page(PROJECT, "i3 web-3 host2 vm3"));

        assertThat(openStack.servers(PROJECT)).extracting(Server::instanceName).containsExactly("vm1", "vm2", "vm3");
    }

    @Test
    void shouldNotReadAListThatDoesNotEnd() {
        fake.on(serverList(PROJECT), pageOfMore(PROJECT, "i1 web-1 host1 vm1"));

        assertThat(failure(() -> openStack.servers(PROJECT))).hasMessageContaining("does not end");
    }

    @Test
    void shouldLogInAgainWhenItsOwnTokenIsNoLongerTaken() throws Exception {
        fake.servers(PROJECT, "i1 web-1 host1 vm1");
        openStack.servers(PROJECT);
        fake.on(serverList(PROJECT).withHeader("X-Auth-Token", equalTo("own-token")), aResponse().withStatus(401));
        fake.on(login("livemr", "service"), fake.aToken("newer-token", "livemr", "service-id", "admin", fake.nova()));
        fake.on(serverList(PROJECT).withHeader("X-Auth-Token", equalTo("newer-token")), page(PROJECT, "i1 web-1 host1 vm1"));

        assertThat(openStack.servers(PROJECT)).hasSize(1);
        fake.server().verify(2, postRequestedFor(urlPathEqualTo("/v3/auth/tokens")));
    }

    private OpenStack at(final Clock clock, final String remember) throws Exception {
        final Path password = Files.writeString(folder.resolve("password"), FakeOpenStack.OWN_PASSWORD);
        return new OpenStack(TestSettings.of(folder, "openstack.auth-url", fake.authUrl() + "/", "openstack.password-file", password.toString(),
            "openstack.remember", remember, "openstack.request-limit", "5s"), new ObjectMapper(), clock);
    }

    private static OpenStackException failure(final ThrowingCallable call) {
        final OpenStackException failure = catchThrowableOfType(OpenStackException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
