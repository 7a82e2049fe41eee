package io.livemr.control.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** Keystone's API as its operator uses it: domain Default, region RegionOne. */
final class KeystoneAdmin {

    private final ObjectMapper json = new ObjectMapper();
    private final String authUrl;
    private final String token;

    KeystoneAdmin(final String authUrl, final String password) throws Exception {
        this.authUrl = authUrl;
        this.token = send(request("/auth/tokens"), "POST", Map.of("auth", Map.of(
            "identity", Map.of("methods", List.of("password"), "password", Map.of("user", Map.of("name", "admin", "domain", Map.of("id", "default"),
                "password", password))),
            "scope", Map.of("project", Map.of("name", "admin", "domain", Map.of("id", "default")))))).headers().firstValue("X-Subject-Token").orElseThrow();
    }

    String project(final String name) throws Exception {
        return make("project", Map.of("name", name, "domain_id", "default"));
    }

    String user(final String name, final String password) throws Exception {
        return make("user", Map.of("name", name, "domain_id", "default", "password", password));
    }

    void grant(final String user, final String project, final String role) throws Exception {
        final HttpResponse<String> roles = send(request("/roles?name=" + role).header("X-Auth-Token", token), "GET", null);
        final String id = json.readTree(roles.body()).at("/roles/0/id").asText();
        send(request("/projects/" + project + "/users/" + user + "/roles/" + id).header("X-Auth-Token", token), "PUT", null);
    }

    /** Puts Nova into the catalogue. */
    void compute(final String url) throws Exception {
        final String service = make("service", Map.of("type", "compute", "name", "nova"));
        make("endpoint", Map.of("service_id", service, "interface", "public", "region_id", "RegionOne", "url", url));
    }

    /** A new password; all tokens of the user are void. */
    void password(final String user, final String password) throws Exception {
        send(request("/users/" + user).header("X-Auth-Token", token), "PATCH", Map.of("user", Map.of("password", password)));
    }

    private String make(final String what, final Map<String, String> fields) throws Exception {
        final JsonNode made = json.readTree(send(request("/" + what + "s").header("X-Auth-Token", token), "POST", Map.of(what, fields)).body());
        return made.at("/" + what + "/id").asText();
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create(authUrl + path)).header("Content-Type", "application/json");
    }

    /** By a client of its own: Python's server closes each connection, and Java's client would keep it. */
    private HttpResponse<String> send(final HttpRequest.Builder request, final String method, final Object body) throws Exception {
        final HttpResponse<String> answer = HttpClient.newHttpClient().send(request.method(method,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.writeValueAsString(body))).build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + answer.uri() + " status=" + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
