package io.livemr.control.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.control.settings.OpenStackSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Nova's API, asked by the panel's own account, since only an admin is told the host of a server. Safe for many threads. */
final class Nova {

    private static final String HOST = "OS-EXT-SRV-ATTR:hypervisor_hostname";
    private static final String INSTANCE = "OS-EXT-SRV-ATTR:instance_name";
    private static final int PAGE = 500;
    private static final int PAGE_LIMIT = 200;

    private final OpenStackSettings settings;
    private final Keystone keystone;
    private final OpenStackHttp http;
    private volatile KeystoneToken own;

    Nova(final OpenStackSettings settings, final Keystone keystone, final OpenStackHttp http) {
        this.settings = settings;
        this.keystone = keystone;
        this.http = http;
    }

    /**
     * All servers of one project that have a host. The others are no machines, and what Nova calls their instance names may be those of others'
     * machines: servers that no host had room for are counted in a database of their own, from 1 like any.
     */
    List<Server> servers(final String projectId) throws OpenStackException {
        return all(projectId).stream().filter(server -> !server.host().isEmpty()).toList();
    }

    private List<Server> all(final String projectId) throws OpenStackException {
        try {
            return servers(projectId, own == null ? login() : own);
        } catch (final OpenStackException e) {
            if (e.status() != 401) {
                throw e;
            }
            return servers(projectId, login());
        }
    }

    private List<Server> servers(final String projectId, final KeystoneToken token) throws OpenStackException {
        final String list = endpoint(token) + "/servers/detail?all_tenants=1&limit=" + PAGE + "&project_id=" + encoded(projectId);
        final List<Server> servers = new ArrayList<>();
        Page page = page(list, token, projectId);
        servers.addAll(page.servers());
        for (int pages = 1; page.hasNext(); pages++) {
            if (pages == PAGE_LIMIT || page.servers().isEmpty()) {
                throw OpenStackHttp.unclear("Nova's list of the servers of project=" + projectId + " does not end");
            }
            page = page(list + "&marker=" + encoded(servers.get(servers.size() - 1).id()), token, projectId);
            servers.addAll(page.servers());
        }
        return servers;
    }

    /** A part of the list; Nova decides how long it is. */
    private record Page(List<Server> servers, boolean hasNext) { }

    private Page page(final String url, final KeystoneToken token, final String projectId) throws OpenStackException {
        final JsonNode body = http.send(http.request(url).header("X-Auth-Token", token.id()).build()).body();
        if (!body.path("servers").isArray()) {
            throw OpenStackHttp.unclear("Nova sent no list of servers");
        }
        final List<Server> page = new ArrayList<>();
        for (final JsonNode server : body.path("servers")) {
            page.add(server(server, projectId));
        }
        return new Page(page, StreamSupport.stream(body.path("servers_links").spliterator(), false)
            .anyMatch(link -> link.path("rel").asText().equals("next")));
    }

    /** A server of another project is one that Nova was not asked for: nothing of such an answer is used. */
    private static Server server(final JsonNode server, final String projectId) throws OpenStackException {
        if (!server.path("tenant_id").asText().equals(projectId)) {
            throw OpenStackHttp.unclear("Nova sent a server of another project than project=" + projectId);
        }
        if (!server.has(INSTANCE)) {
            throw new OpenStackException(403, "openstack_forbidden", "Nova does not tell livemr.openstack.user where servers are; "
                + "give it a role for which policy os_compute_api:os-extended-server-attributes holds");
        }
        return new Server(server.path("id").asText(), server.path("name").asText(), server.path(HOST).asText(""), server.path(INSTANCE).asText());
    }

    private String endpoint(final KeystoneToken token) throws OpenStackException {
        return token.endpoint("compute", settings.endpoint(), settings.region()).orElseThrow(() -> new OpenStackException(404, "openstack_no_compute",
            "Keystone's catalogue has no compute endpoint of interface=" + settings.endpoint() + " region=" + settings.region()
                + "; see livemr.openstack.endpoint and .region")).replaceFirst("/+$", "");
    }

    private KeystoneToken login() throws OpenStackException {
        own = keystone.login(settings.user(), settings.userDomain(), password(), settings.project(), settings.projectDomain());
        return own;
    }

    private String password() throws OpenStackException {
        try {
            return Files.readString(settings.passwordFile()).strip();
        } catch (final IOException e) {
            throw new OpenStackException(0, "openstack_unauthorized", "livemr.openstack.password-file=" + settings.passwordFile() + " cannot be read");
        }
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
