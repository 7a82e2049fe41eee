package io.livemr.control.composer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.livemr.control.settings.ComposerSettings;
import io.livemr.control.support.FakeComposer;
import io.livemr.control.support.TestSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposerClientTest {

    private static final JsonMapper JSON = JsonMapper.builder().findAndAddModules().build();

    @TempDir
    private Path folder;
    private FakeComposer composer;
    private ComposerClient client;

    @BeforeEach
    void start() throws Exception {
        composer = new FakeComposer();
        client = client(composer.url());
    }

    @AfterEach
    void stop() {
        composer.close();
    }

    @Test
    void shouldAskForAFileAndFindItAgain() throws Exception {
        final ComposedFile file = client.compose("alice", "vm1", "/data/a", 60L);

        assertThat(client.file(file.name()).orElseThrow()).isEqualTo(file);
        assertThat(client.find("alice", "vm1", "/data/a").orElseThrow()).isEqualTo(file);
        assertThat(client.find("bob", "vm1", "/data/a")).isEmpty();
        assertThat(file.owner()).isEqualTo("alice");
    }

    @Test
    void shouldLetGoOfAFileTwice() throws Exception {
        final String name = client.compose("alice", "vm1", "/data/a", null).name();

        client.delete(name);
        client.delete(name);

        assertThat(client.file(name)).isEmpty();
    }

    @Test
    void shouldPassOnTheReasonOfARefusal() {
        final ComposerException refusal = catchThrowableOfType(ComposerException.class, () -> client.compose("alice", "vm1", "/refused", null));

        assertThat(refusal.reason()).isEqualTo("bad_path");
        assertThat(refusal.isPassing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"500,true", "503,true", "429,true", "401,true", "400,false", "409,false"})
    void shouldTellPassingRefusalsFromFinalOnes(final int status, final boolean passing) {
        composer.failWith(status);

        assertThat(catchThrowableOfType(ComposerException.class, client::vms).isPassing()).isEqualTo(passing);
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        composer.close();

        assertThatThrownBy(client::vms).isInstanceOf(ComposerUnreachableException.class).hasMessageContaining(composer.url());
    }

    @Test
    void shouldNameAMissingTokenFile() throws Exception {
        Files.delete(folder.resolve("composer-token"));

        assertThatThrownBy(client::vms).isInstanceOf(ComposerUnreachableException.class).hasMessageContaining("composer-token");
    }

    @Test
    void shouldFindAMachineAtTheOneComposerThatHasIt() throws Exception {
        try (FakeComposer other = new FakeComposer()) {
            other.vms("vm3");

            assertThat(directory(other).find("vm3").composer()).isEqualTo(other.url());
            assertThatThrownBy(() -> directory(other).find("vm9")).isInstanceOf(VmUnknownException.class).hasMessageContaining("3 that are known");
        }
    }

    @Test
    void shouldNotGuessBetweenTwoMachinesOfOneName() throws Exception {
        try (FakeComposer other = new FakeComposer()) {
            other.vms("vm1");

            assertThatThrownBy(() -> directory(other).find("vm1")).isInstanceOf(VmUnknownException.class).hasMessageContaining("2 machines");
        }
    }

    @Test
    void shouldNotCallAMachineUnknownWhileAComposerIsSilent() throws Exception {
        final FakeComposer other = new FakeComposer();
        other.close();

        assertThatThrownBy(() -> directory(other).find("vm9")).isInstanceOf(ComposerUnreachableException.class);
        assertThat(directory(other).find("vm1").composer()).isEqualTo(composer.url());
    }

    @Test
    void shouldKnowSinceWhenItIsReachable() throws Exception {
        client.vms();
        final Reach.Seen first = client.reach();
        client.vms();
        assertThat(client.reach()).isSameAs(first).extracting(Reach.Seen::reachable).isEqualTo(true);

        composer.close();
        assertThatThrownBy(client::vms).isInstanceOf(ComposerUnreachableException.class);

        assertThat(client.reach().reachable()).isFalse();
        assertThat(client.reach().since()).isAfterOrEqualTo(first.since());
    }

    private ComposerVmDirectory directory(final FakeComposer other) {
        final String token = folder.resolve("composer-token").toString();
        return new ComposerVmDirectory(new Composers(TestSettings.of(folder, "composers[0].url", composer.url(), "composers[0].token-file", token,
            "composers[1].url", other.url(), "composers[1].token-file", token), JSON));
    }

    private ComposerClient client(final String url) throws Exception {
        return new ComposerClient(new ComposerSettings(URI.create(url), FakeComposer.tokenFile(folder), Duration.ofSeconds(5)), JSON);
    }
}
