package io.livemr.control.openstack;

import java.time.Instant;
import java.util.List;

/**
 * A user whom Keystone knows, in one of his projects.
 *
 * @param name    in whose name owners are asked: {@code user@domain}, which no local account can be called.
 * @param project by its id.
 */
public record OpenStackUser(String name, String project, List<String> roles, Instant expiresAt) {

    private static final String PLAIN = "[A-Za-z0-9_][A-Za-z0-9_.+-]*";
    private static final int NAME_LIMIT = 64;

    static OpenStackUser of(final KeystoneToken token) {
        final String name = token.userName() + "@" + token.userDomain();
        final boolean isPlain = token.userName().matches(PLAIN) && token.userDomain().matches(PLAIN) && name.length() <= NAME_LIMIT;
        return new OpenStackUser(isPlain ? name : token.userId() + "@id", token.projectId(), token.roles(), token.expiresAt());
    }
}
