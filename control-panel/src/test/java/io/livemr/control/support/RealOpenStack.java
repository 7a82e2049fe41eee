package io.livemr.control.support;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/**
 * The Keystone and the Nova API that Debian ships, on loopback: user livemr of project service with role admin, as docs/operations.md says. No
 * hypervisor, and a stand-in of Neutron that knows no security group. One serves all tests of a JVM, each in projects of its own.
 */
public final class RealOpenStack {

    public static final String PASSWORD = "secret of the cloud";

    /** Nova sends no more servers at once. */
    public static final int LONGEST_PAGE = 3;

    private static RealOpenStack shared;

    private final Path folder;
    private final WireMockServer neutron = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final AtomicInteger names = new AtomicInteger();
    private final KeystoneServer keystone;
    private final NovaServer nova;
    private final KeystoneAdmin admin;
    private final String service;

    /** A project of Keystone and its user of the same name. */
    public record Tenant(String name, String project, String user) { }

    /** A server, and the name that libvirt would know it by. */
    public record Machine(String id, String instanceName) { }

    private RealOpenStack(final Path folder) throws Exception {
        this.folder = folder;
        this.nova = new NovaServer(folder.resolve("nova"));
        this.keystone = new KeystoneServer(folder.resolve("keystone"), PASSWORD);
        this.admin = new KeystoneAdmin(keystone.authUrl(), PASSWORD);
        this.service = admin.project("service");
        admin.grant(admin.user("nova", PASSWORD), service, "admin");
        account("livemr", "admin");
        neutron.start();
        neutron.stubFor(any(anyUrl()).willReturn(okJson("{\"ports\": []}")));
        nova.start(keystone.authUrl(), PASSWORD, neutron.baseUrl());
        admin.compute(novaUrl());
    }

    /** The one of this JVM, running; skips the test where Keystone or Nova is not installed. */
    public static synchronized RealOpenStack shared() throws Exception {
        if (shared == null) {
            KeystoneServer.requireInstalled();
            NovaServer.requireInstalled();
            final RealOpenStack started = new RealOpenStack(Files.createTempDirectory("openstack"));
            Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
            shared = started;
        }
        return shared;
    }

    public String authUrl() {
        return keystone.authUrl();
    }

    public String novaUrl() {
        return nova.url() + "/v2.1";
    }

    /** Options of a panel that uses it. */
    public String[] panelOptions() throws IOException {
        final Path password = Files.writeString(folder.resolve("password-of-livemr"), PASSWORD);
        return new String[] {"--livemr.openstack.auth-url=" + authUrl(), "--livemr.openstack.password-file=" + password,
            "--livemr.openstack.remember=1ms", "--livemr.openstack.request-limit=60s"};
    }

    /** A new project with a user of role member. */
    public Tenant tenant() throws Exception {
        final String name = "tenant" + names.incrementAndGet();
        final Tenant tenant = new Tenant(name, admin.project(name), admin.user(name, PASSWORD));
        admin.grant(tenant.user(), tenant.project(), "member");
        return tenant;
    }

    /** An account in project service, such as the panel's own. */
    public String account(final String name, final String role) throws Exception {
        final String user = admin.user(name, PASSWORD);
        admin.grant(user, service, role);
        return user;
    }

    /** Another password for a user, whose tokens are void from now on. */
    public void password(final String user, final String password) throws Exception {
        admin.password(user, password);
    }

    /** @param host where the server runs; null where there was room for it nowhere. */
    public Machine boot(final Tenant tenant, final String name, final String host) throws IOException {
        return nova.boot(tenant.project(), name, host);
    }

    public void delete(final Machine machine) throws IOException {
        nova.delete(machine.id());
    }

    private void remove() {
        keystone.close();
        nova.close();
        neutron.stop();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
