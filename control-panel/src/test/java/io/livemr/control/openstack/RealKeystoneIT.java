package io.livemr.control.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.RealOpenStack;
import io.livemr.control.support.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Keystone that Debian ships: that what {@link OpenStackTest} takes for its words are its words. */
class RealKeystoneIT {

    @TempDir
    private static Path folder;
    private static OpenStack openStack;
    private static Keystone keystone;

    @BeforeAll
    static void start() throws Exception {
        final RealOpenStack server = RealOpenStack.shared();
        final Path password = Files.writeString(folder.resolve("password"), RealOpenStack.PASSWORD);
        openStack = new OpenStack(TestSettings.of(folder, "openstack.auth-url", server.authUrl(), "openstack.password-file", password.toString(),
            "openstack.region", "RegionTwo"), new ObjectMapper(), Clock.systemUTC());
        keystone = new Keystone(server.authUrl(), new OpenStackHttp(new ObjectMapper(), Duration.ofSeconds(30)));
    }

    @Test
    void shouldLogInAndKnowTheTokenThatItGot() throws Exception {
        final KeystoneToken token = keystone.login("admin", "Default", RealOpenStack.PASSWORD, "admin", "Default");

        final OpenStackUser user = openStack.validate(token.id());

        assertThat(user.name()).isEqualTo("admin@Default");
        assertThat(user.project()).isEqualTo(token.projectId()).matches("[0-9a-f]{32}");
        assertThat(user.roles()).contains("admin", "member", "reader");
        assertThat(user.expiresAt()).isAfter(Instant.now());
        assertThat(openStack.login("admin", "Default", RealOpenStack.PASSWORD, "admin").name()).isEqualTo(user.name());
    }

    @Test
    void shouldTakeNoTokenPasswordOrProjectThatIsWrong() {
        assertThat(failure(() -> openStack.validate("gAAAAABno-token-of-this-keystone")).status()).isIn(401, 404);
        assertThat(failure(() -> openStack.login("admin", "Default", "wrong", "admin")).status()).isEqualTo(401);
        assertThat(failure(() -> openStack.login("admin", "Default", RealOpenStack.PASSWORD, "another")).status()).isEqualTo(401);
        assertThat(failure(() -> openStack.login("nobody", "Default", RealOpenStack.PASSWORD, "admin")).status()).isEqualTo(401);
    }

    @Test
    void shouldSayThatTheCatalogueHasNoNovaInThisRegion() {
        assertThat(failure(() -> openStack.servers("0123456789abcdef0123456789abcdef")).reason()).isEqualTo("openstack_no_compute");
    }

    private static OpenStackException failure(final ThrowingCallable call) {
        final OpenStackException failure = catchThrowableOfType(OpenStackException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
