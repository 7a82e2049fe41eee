package io.livemr.control.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.livemr.control.jar.Sha256;
import io.livemr.control.settings.OpenStackSettings;
import io.livemr.control.settings.PanelSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The OpenStack of the settings, if there is one. What it said is remembered for {@code livemr.openstack.remember}; a failure never is. */
@Component
public class OpenStack {

    private static final int REMEMBERED = 10_000;

    private final OpenStackSettings settings;
    private final Clock clock;
    private final Keystone keystone;
    private final Nova nova;
    private final Cache<String, OpenStackUser> users;
    private final Cache<String, List<Server>> servers;

    public OpenStack(final PanelSettings settings, final ObjectMapper json, final Clock clock) {
        this.settings = settings.openstack();
        this.clock = clock;
        final OpenStackHttp http = new OpenStackHttp(json, this.settings.requestLimit());
        this.keystone = new Keystone(String.valueOf(this.settings.authUrl()), http);
        this.nova = new Nova(this.settings, keystone, http);
        this.users = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(this.settings.remember()).build();
        this.servers = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(this.settings.remember()).build();
    }

    public boolean isOn() {
        return settings.isOn();
    }

    /** Whose token it is. The token itself is not kept. */
    public OpenStackUser validate(final String token) throws OpenStackException {
        final String mark = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
        OpenStackUser user = users.getIfPresent(mark);
        if (user == null) {
            user = OpenStackUser.of(keystone.validate(token));
            users.put(mark, user);
        }
        if (!user.expiresAt().isAfter(clock.instant())) {
            throw new OpenStackException(401, "openstack_unauthorized", "the token has expired");
        }
        return user;
    }

    public OpenStackUser login(final String name, final String domain, final String password, final String project) throws OpenStackException {
        return OpenStackUser.of(keystone.login(name, domain, password, project, domain));
    }

    /** Those of one project, by its id. */
    public List<Server> servers(final String projectId) throws OpenStackException {
        final List<Server> known = servers.getIfPresent(projectId);
        if (known != null) {
            return known;
        }
        final List<Server> told = nova.servers(projectId);
        servers.put(projectId, told);
        return told;
    }
}
