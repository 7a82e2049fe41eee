package io.livemr.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server hears of who asks. */
class PanelOptionTest {
    @TempDir
    private Path folder;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private HttpServer server;
    private String url;
    private Path secret;

    @BeforeEach
    void start() throws Exception {
        secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (exchange.getRequestURI().getPath().equals("/api/v1/jobs/elsewhere")) {
                exchange.getResponseHeaders().set("Location", url.replace("127.0.0.1", "localhost") + "/api/v1/vms");
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("[]".getBytes());
            }
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSendTheTokenOfAFile() {
        assertThat(Run.of("vms", "--panel", url, "--token-file", secret.toString()).code()).isEqualTo(ExitCode.DONE);
        assertThat(heard).containsExactly("Bearer s3cret");
    }

    @Test
    void shouldSendNameAndPasswordOfAFile() {
        assertThat(Run.of("vms", "--panel", url, "--user", "alice", "--password-file", secret.toString()).code()).isEqualTo(ExitCode.DONE);
        assertThat(heard).containsExactly("Basic YWxpY2U6czNjcmV0");
    }

    @Test
    void shouldSayWhereAPasswordMayComeFrom() {
        final Run run = Run.of("vms", "--panel", url, "--user", "alice");

        assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run.err()).contains("LIVEMR_PASSWORD").contains("--password-file");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        final Run run = Run.of("vms", "--panel", url, "--token-file", folder.resolve("absent").toString());

        assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run.err()).contains(folder.resolve("absent").toString());
    }

    @Test
    void shouldTakeNoSecretElsewhere() {
        assertThat(Run.of("job", "elsewhere", "--panel", url, "--token-file", secret.toString()).code()).isEqualTo(ExitCode.FAILED);
        assertThat(heard).hasSize(1);
    }

    @Test
    void shouldSendNoSecretInTheClearToAnotherHost() {
        final Run run = Run.of("vms", "--panel", "http://192.0.2.1:8080", "--token-file", secret.toString());

        assertThat(run.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run.err()).contains("https://").contains("--allow-http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"panel.example.org", "ftp://panel.example.org", "file:///etc/passwd"})
    void shouldRefuseWhatIsNoAddressOfAPanel(final String address) {
        assertThat(Run.of("vms", "--panel", address).code()).isEqualTo(ExitCode.WRONG_USE);
    }
}
