package io.livemr.control.support;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Keystone and Nova over a real socket, in the words that Debian's Keystone 22 and Nova 26 answer with. */
public final class FakeOpenStack implements AutoCloseable {

    public static final String PROJECT = "0123456789abcdef0123456789abcdef";
    public static final String OWN_PASSWORD = "password of the panel";

    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

    public FakeOpenStack() {
        server.start();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404).withBody("{\"error\":{\"code\":404}}")));
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

    /** @param services of the catalogue; without any there is none. */
    public ResponseDefinitionBuilder aToken(final String id, final String user, final String project, final String role, final String... services) {
        final String catalogue = services.length == 0 ? "" : ",\"catalog\":[" + String.join(",", services) + "]";
        return okJson("{\"token\":{\"methods\":[\"password\"],\"user\":{\"id\":\"u-" + user + "\",\"name\":\"" + user
            + "\",\"domain\":{\"id\":\"default\",\"name\":\"Default\"}},\"project\":{\"id\":\"" + project + "\",\"name\":\"analytics\"},\"roles\":[{\"id\":\"r\",\"name\":\""
            + role + "\"}],\"expires_at\":\"2099-01-01T00:00:00.000000Z\"" + catalogue + "}}").withHeader("X-Subject-Token", id);
    }

    public String nova() {
        return service("compute", "nova", server.baseUrl() + "/nova");
    }

    /** An entry of a catalogue. */
    public static String service(final String type, final String name, final String url) {
        return String.format("{\"type\":\"%s\",\"name\":\"%s\",\"endpoints\":[{\"interface\":\"public\",\"region\":\"RegionOne\",\"url\":\"%s\"}]}", type, name, url);
    }

    /** @param serversOfIt each {@code id name host instanceName}. */
    public void servers(final String project, final String... serversOfIt) {
        on(serverList(project), okJson(page(project, "", serversOfIt)));
    }

    public static String page(final String project, final String links, final String... serversOfIt) {
        return "{\"servers\":[" + Arrays.stream(serversOfIt).map(words -> words.split(" ")).map(words -> String.format(
            "{\"id\":\"%s\",\"name\":\"%s\",\"tenant_id\":\"%s\",\"OS-EXT-SRV-ATTR:hypervisor_hostname\":\"%s\",\"OS-EXT-SRV-ATTR:instance_name\":\"%s\"}",
            words[0], words[1], project, words[2], words[3])).collect(Collectors.joining(",")) + "]" + links + "}";
    }

    @Override
    public void close() {
        server.stop();
    }
}
