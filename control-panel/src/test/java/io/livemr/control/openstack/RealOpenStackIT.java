package io.livemr.control.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.jobs.Scripted;
import io.livemr.control.support.JobJars;
import io.livemr.control.support.PeoplePanel;
import io.livemr.control.support.RealOpenStack;
import io.livemr.control.support.RealOpenStack.Machine;
import io.livemr.control.support.RealOpenStack.Tenant;
import io.livemr.control.support.RunningPanel;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user of Debian's Keystone, signed in at a panel that asks Debian's Nova whose machines are whose. */
class RealOpenStackIT {

    @RegisterExtension
    private static final RunningPanel RUNNING = new RunningPanel(() -> RealOpenStack.shared().panelOptions());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CookieManager COOKIES = new CookieManager();
    private static final HttpClient BROWSER = HttpClient.newBuilder().cookieHandler(COOKIES).build();

    private static RealOpenStack cloud;
    private static Tenant tenant;
    private static Machine web;
    private static Machine database;

    @BeforeAll
    static void signIn() throws Exception {
        cloud = RealOpenStack.shared();
        tenant = cloud.tenant();
        web = cloud.boot(tenant, "web-1", "host1");
        database = cloud.boot(cloud.tenant(), "db-1", "host1");
        RUNNING.composer().vms(web.instanceName(), database.instanceName());
        List.of(web, database).forEach(machine -> RUNNING.composer().uuid(machine.instanceName(), machine.id()));
        final HttpResponse<String> session = send(PeoplePanel.json(request("/api/v1/session"), "POST", String.format(
            "{\"name\": \"%1$s\", \"password\": \"%2$s\", \"project\": \"%1$s\"}", tenant.name(), RealOpenStack.PASSWORD)));
        assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
    }

    @Test
    void shouldSayWhoOneIs() throws Exception {
        final JsonNode session = JSON.readTree(send(request("/api/v1/session")).body());

        assertThat(session.path("name").asText()).isEqualTo(tenant.name() + "@Default");
        assertThat(session.path("project").asText()).isEqualTo(tenant.project());
        assertThat(session.at("/roles/0").asText()).isEqualTo("ANALYST");
    }

    @Test
    void shouldTakeAServerByItsNameItsIdOrThatOfItsHost() {
        assertThat(List.of("web-1", web.id(), web.instanceName())).allSatisfy(name -> {
            final HttpResponse<String> taken = submit(name);

            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
            assertThat(JSON.readTree(taken.body()).at("/inputs/0/vm").asText()).isEqualTo(web.instanceName());
            assertThat(JSON.readTree(taken.body()).path("requester").asText()).isEqualTo(tenant.name() + "@Default");
        });
    }

    @Test
    void shouldNotSayWhetherAnotherProjectHasAServer() throws Exception {
        final String never = submit("never-was").body();

        assertThat(List.of("db-1", database.id(), database.instanceName())).allSatisfy(name -> {
            final HttpResponse<String> refused = submit(name);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body().replace(name, "VM")).isEqualTo(never.replace("never-was", "VM"));
        });
    }

    /** Nova counts servers that no host had room for by themselves, so that whoever makes enough of them has one of any instance's name. */
    @Test
    void shouldNotReachAMachineThroughAServerOfItsInstanceNameThatIsNowhere() throws Exception {
        final int tries = Integer.parseInt(database.instanceName().substring("instance-".length()), 16);
        assertThat(IntStream.range(0, tries).mapToObj(i -> nowhere()).map(Machine::instanceName)).contains(database.instanceName());

        assertThat(submit(database.instanceName()).statusCode()).isEqualTo(403);
        assertThat(submit("nowhere").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldListTheMachinesOfTheProject() throws Exception {
        assertThat(JSON.readTree(send(request("/api/v1/vms")).body()).findValuesAsText("name")).containsExactly(web.instanceName());
    }

    private static Machine nowhere() {
        try {
            return cloud.boot(tenant, "nowhere", null);
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> submit(final String vm) throws Exception {
        final String token = COOKIES.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
            .map(HttpCookie::getValue).findFirst().orElseThrow();
        return send(RUNNING.panel().submission(request("/api/v1/jobs").header("X-XSRF-TOKEN", token), JobJars.of(Scripted.class),
            Map.of("mainClass", Scripted.class.getName(), "inputs", List.of(Map.of("vm", vm, "path", "/ask")))));
    }

    private static HttpRequest.Builder request(final String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(RUNNING.panel().url() + path));
    }

    private static HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
        return BROWSER.send(request.build(), BodyHandlers.ofString());
    }
}
