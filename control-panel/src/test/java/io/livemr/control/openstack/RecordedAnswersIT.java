package io.livemr.control.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.RealOpenStack;
import io.livemr.control.support.RealOpenStack.Tenant;
import io.livemr.control.support.RecordedAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether Debian's Keystone and Nova still answer in the words that {@link OpenStackTest} and the tests of the panel are served: the files of
 * {@code src/test/resources/openstack/recorded}. {@code -Drecord.openstack=true} writes them anew.
 */
class RecordedAnswersIT {

    private static final String ALL = "/servers/detail?all_tenants=1&limit=500&project_id=";

    private static RealOpenStack cloud;
    private static Tenant tenant;
    private static String adminToken;
    private static String memberToken;

    @BeforeAll
    static void start() throws Exception {
        cloud = RealOpenStack.shared();
        tenant = cloud.tenant();
        for (int i = 0; i <= RealOpenStack.LONGEST_PAGE; i++) {
            cloud.boot(tenant, "web-" + i, "host1");
        }
        adminToken = token(login("livemr", RealOpenStack.PASSWORD, "service"));
        memberToken = token(login(tenant.name(), RealOpenStack.PASSWORD, tenant.name()));
        if (Boolean.getBoolean("record.openstack")) {
            for (final String name : answers()) {
                live(name).write(name);
            }
        }
    }

    static List<String> answers() {
        return List.of("keystone-token", "keystone-validation", "keystone-unauthorized", "nova-servers", "nova-unauthorized", "nova-forbidden",
            "nova-not-found");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldStillBeGiven(final String name) throws Exception {
        assertThat(live(name).shape()).isEqualTo(RecordedAnswer.read(name).shape());
    }

    private static RecordedAnswer live(final String name) throws Exception {
        return RecordedAnswer.of(send(switch (name) {
            case "keystone-token" -> login(tenant.name(), RealOpenStack.PASSWORD, tenant.name());
            case "keystone-validation" -> request(cloud.authUrl() + "/auth/tokens?nocatalog", memberToken).header("X-Subject-Token", memberToken);
            case "keystone-unauthorized" -> login(tenant.name(), "wrong", tenant.name());
            case "nova-servers" -> request(cloud.novaUrl() + ALL + tenant.project(), adminToken);
            case "nova-unauthorized" -> request(cloud.novaUrl() + ALL + tenant.project(), "wrong");
            case "nova-forbidden" -> request(cloud.novaUrl() + ALL + tenant.project(), memberToken);
            case "nova-not-found" -> request(cloud.novaUrl() + "/servers/none", memberToken);
            default -> throw new IllegalArgumentException(name);
        }));
    }

    private static HttpRequest.Builder login(final String user, final String password, final String project) throws Exception {
        final Map<String, String> domain = Map.of("name", "Default");
        return HttpRequest.newBuilder(URI.create(cloud.authUrl() + "/auth/tokens")).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(Map.of("auth", Map.of(
                "identity", Map.of("methods", List.of("password"), "password", Map.of("user", Map.of("name", user, "domain", domain, "password", password))),
                "scope", Map.of("project", Map.of("name", project, "domain", domain)))))));
    }

    private static HttpRequest.Builder request(final String url, final String token) {
        return HttpRequest.newBuilder(URI.create(url)).header("X-Auth-Token", token);
    }

    private static String token(final HttpRequest.Builder login) throws Exception {
        return send(login).headers().firstValue("X-Subject-Token").orElseThrow();
    }

    /** By a client of its own: Python's server closes each connection, and Java's client would keep it. */
    private static HttpResponse<String> send(final HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
