package io.livemr.control.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.RealOpenStack;
import io.livemr.control.support.RealOpenStack.Machine;
import io.livemr.control.support.RealOpenStack.Tenant;
import io.livemr.control.support.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Nova API that Debian ships, beside its Keystone: that what {@link OpenStackTest} takes for its words are its words. */
class RealNovaIT {

    private static RealOpenStack cloud;

    @TempDir
    private Path folder;
    private OpenStack openStack;
    private Tenant tenant;

    @BeforeAll
    static void startOnce() throws Exception {
        cloud = RealOpenStack.shared();
    }

    @BeforeEach
    void start() throws Exception {
        openStack = as("livemr");
        tenant = cloud.tenant();
    }

    @Test
    void shouldTellOfAProjectsServersWhereTheyRunAndWhatLibvirtCallsThem() throws Exception {
        final Tenant other = cloud.tenant();
        final Machine web = cloud.boot(tenant, "web-1", "host1");
        final Machine database = cloud.boot(other, "db-1", "host2");

        assertThat(openStack.servers(tenant.project())).containsExactly(new Server(web.id(), "web-1", "host1", web.instanceName()));
        assertThat(openStack.servers(other.project())).containsExactly(new Server(database.id(), "db-1", "host2", database.instanceName()));
        assertThat(web.instanceName()).matches("instance-[0-9a-f]{8}").isNotEqualTo(database.instanceName());
    }

    @Test
    void shouldReadAllPages() throws Exception {
        final List<String> booted = new ArrayList<>();
        for (int i = 0; i <= 2 * RealOpenStack.LONGEST_PAGE; i++) {
            booted.add(cloud.boot(tenant, "web-" + i, "host1").instanceName());
        }

        assertThat(openStack.servers(tenant.project())).extracting(Server::instanceName).containsExactlyInAnyOrderElementsOf(booted);
    }

    @Test
    void shouldNotTakeAServerThatIsNowhereForTheMachineOfItsInstanceName() throws Exception {
        final Machine web = cloud.boot(cloud.tenant(), "web-1", "host1");
        final Machine nowhere = cloud.boot(tenant, "nowhere", null);
        assertThat(nowhere.instanceName()).matches("instance-[0-9a-f]{8}").isLessThanOrEqualTo(web.instanceName());

        assertThat(openStack.servers(tenant.project())).isEmpty();
    }

    @Test
    void shouldForgetAServerThatWasDeleted() throws Exception {
        final Machine gone = cloud.boot(tenant, "gone", "host1");
        final Machine kept = cloud.boot(tenant, "kept", "host1");
        assertThat(openStack.servers(tenant.project())).hasSize(2);

        cloud.delete(gone);

        assertThat(openStack.servers(tenant.project())).extracting(Server::id).containsExactly(kept.id());
    }

    @Test
    void shouldLogInAgainWhenItsTokenIsNoLongerTaken() throws Exception {
        final String user = cloud.account("watcher", "admin");
        final OpenStack watcher = as("watcher");
        final Machine web = cloud.boot(tenant, "web-1", "host1");
        watcher.servers(tenant.project());

        cloud.password(user, "another secret");

        assertThat(failure(watcher).reason()).isEqualTo("openstack_unauthorized");
        Files.writeString(folder.resolve("watcher"), "another secret");
        assertThat(watcher.servers(tenant.project())).extracting(Server::id).containsExactly(web.id());
    }

    @Test
    void shouldSayThatItsAccountMayNotSeeTheServersOfAllProjects() throws Exception {
        cloud.account("passer-by", "member");

        assertThat(failure(as("passer-by"))).satisfies(e -> {
            assertThat(e.reason()).isEqualTo("openstack_forbidden");
            assertThat(e).hasMessageContaining("/v2.1/servers/detail answered status=403");
        });
    }

    private OpenStack as(final String user) throws Exception {
        final Path password = Files.writeString(folder.resolve(user), RealOpenStack.PASSWORD);
        return new OpenStack(TestSettings.of(folder, "openstack.auth-url", cloud.authUrl(), "openstack.password-file", password.toString(),
            "openstack.user", user, "openstack.remember", "1ms", "openstack.request-limit", "60s"), new ObjectMapper(), Clock.systemUTC());
    }

    private OpenStackException failure(final OpenStack asked) {
        final OpenStackException failure = catchThrowableOfType(OpenStackException.class, () -> asked.servers(tenant.project()));
        assertThat(failure).isNotNull();
        return failure;
    }
}
