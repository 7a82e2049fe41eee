package io.livemr.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.livemr.launcher.cli.ExitCode;
import io.livemr.launcher.cli.Run;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own for 127.0.0.1. */
class ConnectionsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        keytool("-genkeypair", "-alias", "panel", "-keyalg", "EC", "-dname", "CN=panel", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12");
        keytool("-exportcert", "-alias", "panel", "-rfc", "-file", folder.resolve("ca.pem").toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes());
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static void keytool(final String... args) throws Exception {
        final ProcessBuilder keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        keytool.command().addAll(java.util.List.of(args));
        keytool.command().addAll(java.util.List.of("-keystore", folder.resolve("store").toString(), "-storepass", new String(PASSWORD)));
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
    }

    private static SSLContext context() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store"))) {
            store.load(in, PASSWORD);
        }
        final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Run vms(final String host, final String... more) {
        final String[] args = {"vms", "--panel", "https://" + host + ":" + server.getAddress().getPort()};
        final String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    @Test
    void shouldTrustTheCertificatesOfTheFileThatIsNamed() {
        assertThat(vms("127.0.0.1", "--ca-file", folder.resolve("ca.pem").toString()).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldTrustNoStrangerAndSayWhatToDo() {
        final Run run = vms("127.0.0.1");

        assertThat(run.code()).isEqualTo(ExitCode.NO_STACK);
        assertThat(run.err()).contains("--ca-file");
    }

    @Test
    void shouldTrustNoCertificateOfAnotherName() {
        assertThat(vms("localhost", "--ca-file", folder.resolve("ca.pem").toString()).code()).isEqualTo(ExitCode.NO_STACK);
    }

    @Test
    void shouldNameAFileThatHoldsNoCertificate() throws Exception {
        final Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");

        assertThatThrownBy(() -> Connections.trusting(empty)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(empty.toString());
    }
}
