package io.livemr.control.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Keystone says of a token that is valid.
 *
 * @param id        the secret itself.
 * @param projectId whose it is valid for.
 * @param catalogue services and where they are; empty where it was not asked for.
 */
record KeystoneToken(String id, String userId, String userName, String userDomain, String projectId, List<String> roles, Instant expiresAt,
                     JsonNode catalogue) {

    /** @throws OpenStackException if it is not for a project, or not what Keystone's API says it is. */
    static KeystoneToken of(final String id, final JsonNode token) throws OpenStackException {
        if (token.path("project").path("id").asText().isEmpty()) {
            throw new OpenStackException(401, "openstack_unscoped", "the token is for no project; ask Keystone for one with a scope");
        }
        try {
            final List<String> roles = stream(token.path("roles")).map(role -> role.path("name").asText()).toList();
            return new KeystoneToken(id, token.at("/user/id").asText(), token.at("/user/name").asText(), token.at("/user/domain/name").asText(),
                token.at("/project/id").asText(), roles, Instant.parse(token.path("expires_at").asText()), token.path("catalog"));
        } catch (final DateTimeParseException e) {
            throw OpenStackHttp.unclear("the token's expires_at is no instant");
        }
    }

    /** Where a service is, if the catalogue has it. */
    Optional<String> endpoint(final String type, final String kind, final String region) {
        return stream(catalogue).filter(service -> service.path("type").asText().equals(type)).flatMap(service -> stream(service.path("endpoints")))
            .filter(endpoint -> endpoint.path("interface").asText().equals(kind))
            .filter(endpoint -> region.isEmpty() || endpoint.path("region").asText().equals(region))
            .map(endpoint -> endpoint.path("url").asText()).findFirst();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "user=" + userId + " project=" + projectId;
    }

    private static Stream<JsonNode> stream(final JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
