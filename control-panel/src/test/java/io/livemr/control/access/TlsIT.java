package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.livemr.control.ControlPanel;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The panel with a certificate of openssl's making, set up as docs/operations.md says, on an address that is not loopback. */
class TlsIT {

    @TempDir
    private static Path folder;
    private static ConfigurableApplicationContext panel;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        certify("first");
        certify("second");
        publish("first");
        client = trusting("first", "second");
        panel = start("state", "--spring.ssl.bundle.pem.panel.keystore.certificate=" + folder.resolve("panel.crt"),
            "--spring.ssl.bundle.pem.panel.keystore.private-key=" + folder.resolve("panel.key"),
            "--spring.ssl.bundle.pem.panel.reload-on-update=true", "--spring.ssl.bundle.watch.file.quiet-period=200ms");
    }

    private static ConfigurableApplicationContext start(final String state, final String... bundle) {
        final String[] others = {"--livemr.state=" + folder.resolve(state), "--server.port=0", "--server.ssl.bundle=panel", "--server.address=0.0.0.0"};
        return SpringApplication.run(ControlPanel.class, Stream.of(others, bundle).flatMap(Stream::of).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        panel.close();
    }

    @Test
    void shouldServeOverTlsAndTellBrowsersToStayWithIt() throws Exception {
        final HttpResponse<String> answer = client.send(request("/").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(answer.headers().firstValue("Strict-Transport-Security").orElse("")).contains("max-age=31536000");
        assertThat(Files.readString(folder.resolve("state/url"))).startsWith("https://");
    }

    @Test
    void shouldGiveCookiesThatGoOverTlsOnly() throws Exception {
        final HttpResponse<String> made = client.send(withToken(request("/api/v1/accounts"))
            .POST(BodyPublishers.ofString("{\"name\":\"ann\",\"project\":\"default\",\"role\":\"VIEWER\",\"password\":\"a long password\"}")).build(), BodyHandlers.ofString());
        final HttpResponse<String> session = client.send(request("/api/v1/session").header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"ann\",\"password\":\"a long password\"}")).build(), BodyHandlers.ofString());

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        final List<String> cookies = session.headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(2).allSatisfy(cookie -> assertThat(cookie).contains("; Secure"));
        assertThat(cookies).anyMatch(cookie -> cookie.startsWith("LIVEMR_SESSION=")).anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN="));
    }

    @Test
    void shouldAnswerNothingOfThePanelToPlainHttp() throws Exception {
        final HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(panel) + "/actuator/health")).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("UP");
    }

    @Test
    void shouldServeANewCertificateWithoutARestart() throws Exception {
        assertThatThrownBy(() -> statusFor("second")).isInstanceOf(SSLHandshakeException.class);

        publish("second");

        await().atMost(Duration.ofSeconds(60)).ignoreException(SSLHandshakeException.class).until(() -> statusFor("second") == 200);
    }

    @Test
    void shouldServeTheCertificateOfAPkcs12File() throws Exception {
        openssl("pkcs12", "-export", "-inkey", folder.resolve("second.key").toString(), "-in", folder.resolve("second.crt").toString(),
            "-out", folder.resolve("panel.p12").toString(), "-passout", "pass:of-the-store");

        try (ConfigurableApplicationContext other = start("other", "--spring.ssl.bundle.jks.panel.keystore.location=" + folder.resolve("panel.p12"),
                "--spring.ssl.bundle.jks.panel.keystore.type=PKCS12", "--spring.ssl.bundle.jks.panel.keystore.password=of-the-store")) {
            assertThat(trusting("second").send(request(other, "/").build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    /** Asked anew by somebody who trusts this certificate alone. */
    private static int statusFor(final String name) throws Exception {
        return trusting(name).send(request("/").build(), BodyHandlers.ofString()).statusCode();
    }

    private static int port(final ConfigurableApplicationContext asked) {
        return Integer.parseInt(asked.getEnvironment().getProperty("local.server.port"));
    }

    private static HttpRequest.Builder request(final String path) {
        return request(panel, path);
    }

    private static HttpRequest.Builder request(final ConfigurableApplicationContext asked, final String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port(asked) + path)).timeout(Duration.ofSeconds(10));
    }

    private static HttpRequest.Builder withToken(final HttpRequest.Builder request) throws Exception {
        return request.header("Content-Type", "application/json").header("Authorization", "Bearer " + Files.readString(folder.resolve("state/token")).strip());
    }

    private static void certify(final String name) throws Exception {
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=" + name,
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.resolve(name + ".key").toString(), "-out", folder.resolve(name + ".crt").toString());
    }

    private static void openssl(final String... words) throws Exception {
        final Process openssl = new ProcessBuilder(Stream.concat(Stream.of("openssl"), Stream.of(words)).toList()).redirectErrorStream(true).start();
        final String said = new String(openssl.getInputStream().readAllBytes());
        assertThat(openssl.waitFor()).as(said).isZero();
    }

    /** Puts key and certificate where the panel reads them. */
    private static void publish(final String name) throws Exception {
        for (final String kind : List.of("key", "crt")) {
            final Path draft = Files.copy(folder.resolve(name + "." + kind), folder.resolve("new." + kind), StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, folder.resolve("panel." + kind), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static HttpClient trusting(final String... names) throws Exception {
        final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        for (final String name : names) {
            trusted.setCertificateEntry(name, certificate(name));
        }
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static Certificate certificate(final String name) throws Exception {
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".crt"))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }
}
