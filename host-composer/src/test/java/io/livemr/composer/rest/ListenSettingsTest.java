package io.livemr.composer.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenSettingsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "localhost:7480", "127.8.8.8:65535"})
    void shouldServePlainHttpToThisHost(final String address) {
        assertThat(ListenSettings.of(address, null, null, false).scheme()).isEqualTo("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:7480", "10.1.2.3:7480", "192.0.2.1:0"})
    void shouldNotSendTokensOverANetworkInTheClear(final String address) {
        assertThatThrownBy(() -> ListenSettings.of(address, null, null, false))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(address).hasMessageContaining("--certificate").hasMessageContaining("--plain-http");
        assertThat(ListenSettings.of(address, null, null, true).scheme()).isEqualTo("http");
    }

    @Test
    void shouldServeHttpsAnywhereWithACertificateAndItsKey() throws IOException {
        final Path file = Files.createFile(folder.resolve("pem"));

        assertThat(ListenSettings.of("0.0.0.0:7480", file, file, false).scheme()).isEqualTo("https");
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws IOException {
        final Path file = Files.createFile(folder.resolve("pem"));
        final Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> ListenSettings.of("127.0.0.1:0", file, null, false)).hasMessageContaining("go together");
        assertThatThrownBy(() -> ListenSettings.of("127.0.0.1:0", null, file, false)).hasMessageContaining("go together");
        assertThatThrownBy(() -> ListenSettings.of("127.0.0.1:0", file, missing, false)).hasMessageContaining("--private-key=" + missing);
        assertThatThrownBy(() -> ListenSettings.of("127.0.0.1:0", missing, file, false)).hasMessageContaining("--certificate=" + missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7480", ":7480", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:-1"})
    void shouldRefuseWhatIsNoAddress(final String address) {
        assertThatThrownBy(() -> ListenSettings.of(address, null, null, false))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("HOST:PORT").hasMessageContaining(address);
    }
}
