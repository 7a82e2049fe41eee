package io.livemr.control.support;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Keystone and Nova over a real socket, in the words that those of Debian were recorded with: {@link RecordedAnswer}. */
public final class FakeOpenStack implements AutoCloseable {

    public static final String PROJECT = "0123456789abcdef0123456789abcdef";
    public static final String OWN_PASSWORD = "password of the panel";

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

    public FakeOpenStack() {
        server.start();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(refusal(404)));
        on(login("livemr", "service"), aToken("own-token", "livemr", "service-id", "admin", nova()));
        servers(PROJECT);
    }

    public WireMockServer server() {
        return server;
    }

    public String authUrl() {
        return server.baseUrl() + "/v3";
    }

    /** Options of a panel that uses it. */
    public String[] options(final Path folder) throws IOException {
        final Path password = Files.writeString(folder.resolve("openstack-password"), OWN_PASSWORD + "\n");
        return new String[] {"--livemr.openstack.auth-url=" + authUrl(), "--livemr.openstack.password-file=" + password,
            "--livemr.openstack.remember=1ms", "--livemr.openstack.request-limit=2s"};
    }

    public void on(final MappingBuilder call, final ResponseDefinitionBuilder answer) {
        server.stubFor(call.atPriority(1).willReturn(answer));
    }

    public static MappingBuilder validation(final String token) {
        return get(urlPathEqualTo("/v3/auth/tokens")).withHeader("X-Subject-Token", equalTo(token)).withHeader("X-Auth-Token", equalTo(token));
    }

    public static MappingBuilder login(final String user, final String project) {
        return post(urlPathEqualTo("/v3/auth/tokens")).withRequestBody(matchingJsonPath("$.auth.identity.password.user[?(@.name == '" + user + "')]"))
            .withRequestBody(matchingJsonPath("$.auth.scope.project[?(@.name == '" + project + "')]"));
    }

    public static MappingBuilder serverList(final String project) {
        return get(urlPathEqualTo("/nova/servers/detail")).withQueryParam("project_id", equalTo(project)).withQueryParam("all_tenants", equalTo("1"));
    }

    /** A token as Keystone told of one, in the name of somebody else. @param services of the catalogue; without any there is none. */
    public ResponseDefinitionBuilder aToken(final String id, final String user, final String project, final String role, final String... services) {
        final RecordedAnswer answer = RecordedAnswer.read(id.isEmpty() ? "keystone-validation" : "keystone-token");
        final ObjectNode token = (ObjectNode) answer.jsonBody().path("token");
        named(token.path("user"), "u-" + user, user);
        named(token.path("project"), project, "analytics");
        token.putArray("roles").addObject().put("id", "r").put("name", role);
        token.put("expires_at", "2099-01-01T00:00:00.000000Z").remove("catalog");
        if (services.length > 0) {
            token.set("catalog", json("[" + String.join(",", services) + "]"));
        }
        answer.headers().put("x-subject-token", id);
        return answer.served();
    }

    private static void named(final JsonNode what, final String id, final String name) {
        ((ObjectNode) what).put("id", id).put("name", name);
    }

    /** Keystone's words for what is wrong, with another status. */
    public static ResponseDefinitionBuilder refusal(final int status) {
        final RecordedAnswer answer = RecordedAnswer.read("keystone-unauthorized");
        ((ObjectNode) answer.jsonBody().path("error")).put("code", status);
        return answer.served().withStatus(status);
    }

    public String nova() {
        return service("compute", "nova", server.baseUrl() + "/nova");
    }

    /** An entry of a catalogue, as Keystone told of one, with another address. */
    public static String service(final String type, final String name, final String url) {
        final ObjectNode service = (ObjectNode) RecordedAnswer.read("keystone-token").jsonBody().at("/token/catalog/0");
        service.path("endpoints").forEach(endpoint -> ((ObjectNode) endpoint).put("url", url));
        return service.put("type", type).put("name", name).toString();
    }

    /** @param serversOfIt each {@code id name host instanceName}; the host may be empty. */
    public void servers(final String project, final String... serversOfIt) {
        on(serverList(project), page(project, serversOfIt));
    }

    /** A list as Nova gave one, with other servers. */
    public static ResponseDefinitionBuilder page(final String project, final String... serversOfIt) {
        return page(project, false, serversOfIt);
    }

    /** One that Nova says goes on. */
    public static ResponseDefinitionBuilder pageOfMore(final String project, final String... serversOfIt) {
        return page(project, true, serversOfIt);
    }

    private static ResponseDefinitionBuilder page(final String project, final boolean goesOn, final String... serversOfIt) {
        final RecordedAnswer answer = RecordedAnswer.read("nova-servers");
        final ObjectNode body = (ObjectNode) answer.jsonBody();
        final JsonNode recorded = body.path("servers").path(0);
        final ArrayNode servers = body.putArray("servers");
        Arrays.stream(serversOfIt).map(words -> server(recorded.deepCopy(), project, words.split(" "))).forEach(servers::add);
        if (!goesOn) {
            body.remove("servers_links");
        }
        return answer.served();
    }

    private static ObjectNode server(final ObjectNode server, final String project, final String... words) {
        final String host = words[2].isEmpty() ? null : words[2];
        named(server, words[0], words[1]);
        return server.put("tenant_id", project).put("OS-EXT-SRV-ATTR:host", host).put("OS-EXT-SRV-ATTR:hypervisor_hostname", host)
            .put("OS-EXT-SRV-ATTR:instance_name", words[3]);
    }

    private static JsonNode json(final String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
