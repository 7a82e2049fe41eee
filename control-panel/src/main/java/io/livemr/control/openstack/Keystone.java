package io.livemr.control.openstack;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/** Keystone's API, version 3: which token is valid, and a token for a password. Safe for many threads. */
final class Keystone {

    private final String tokens;
    private final OpenStackHttp http;

    Keystone(final String authUrl, final OpenStackHttp http) {
        this.tokens = authUrl.replaceFirst("/+$", "") + "/auth/tokens";
        this.http = http;
    }

    /** Asks in the token's own name: everybody may know of his own. */
    KeystoneToken validate(final String token) throws OpenStackException {
        final HttpRequest request = http.request(tokens + "?nocatalog").header("X-Auth-Token", token).header("X-Subject-Token", token).build();
        return KeystoneToken.of(token, http.send(request).body().path("token"));
    }

    /**
     * Logs in to a project.
     *
     * @param domain of the user, {@code projectDomain} of the project; both by name.
     */
    KeystoneToken login(final String user, final String domain, final String password, final String project, final String projectDomain)
            throws OpenStackException {
        final Map<String, Object> who = Map.of("name", user, "domain", Map.of("name", domain), "password", password);
        final Map<String, Object> body = Map.of("auth", Map.of(
            "identity", Map.of("methods", List.of("password"), "password", Map.of("user", who)),
            "scope", Map.of("project", Map.of("name", project, "domain", Map.of("name", projectDomain)))));
        final OpenStackHttp.Answer answer = http.send(http.request(tokens).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(http.json().valueToTree(body).toString())).build());
        return KeystoneToken.of(answer.header("X-Subject-Token"), answer.body().path("token"));
    }
}
