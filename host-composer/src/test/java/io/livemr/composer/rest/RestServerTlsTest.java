package io.livemr.composer.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.Rig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate of openssl's making. */
class RestServerTlsTest {

    @TempDir
    private Path folder;
    private Path certificate;
    private Rig rig;
    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        certificate = folder.resolve("certificate.pem");
        certify();
        rig = new Rig(folder);
        server = RestServer.start(new ListenSettings("127.0.0.1", 0, certificate, folder.resolve("key.pem")), new RestServer.Parts(
            rig.files, rig.vms, ApiToken.loadOrCreate(folder), Map::of, Path.of("/mnt"), null, rig.metrics, rig.registry));
    }

    private void certify() throws Exception {
        assertThat(new ProcessBuilder("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=composer", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.resolve("key.pem").toString(), "-out", certificate.toString())
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()).isZero();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        rig.close();
    }

    @Test
    void shouldAnswerWhoeverTrustsItsCertificate() throws Exception {
        final HttpResponse<String> answer = trusting().send(files(server.url()), BodyHandlers.ofString());

        assertThat(server.url()).startsWith("https://127.0.0.1:");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void shouldNotBeTakenForAServerThatIsTrusted() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(files(server.url()), BodyHandlers.ofString())).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void shouldSayNothingToPlainHttp() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(files(server.url().replace("https:", "http:")), BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
    }

    @Test
    void shouldServeANewCertificateWithoutARestart() throws Exception {
        certify();
        final HttpClient trusting = trusting();
        assertThatThrownBy(() -> trusting.send(files(server.url()), BodyHandlers.ofString())).isInstanceOf(SSLHandshakeException.class);

        server.slowTick();

        assertThat(trusting.send(files(server.url()), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGoOnWithTheCertificateOfBeforeWhenItsFilesAreNone() throws Exception {
        final HttpClient trusting = trusting();
        Files.writeString(certificate, "no certificate");

        server.slowTick();

        assertThat(trusting.send(files(server.url()), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameTheFilesThatAreNoCertificate() throws Exception {
        Files.writeString(certificate, "no certificate");

        assertThatThrownBy(() -> new ServedCertificate(new ListenSettings("127.0.0.1", 0, certificate, folder.resolve("key.pem"))))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--certificate=" + certificate);
    }

    /** Somebody who trusts the certificate that the file holds now. */
    private HttpClient trusting() {
        return HttpClient.newBuilder().sslContext(SSLFactory.builder().withTrustMaterial(PemUtils.loadTrustMaterial(certificate)).build().getSslContext()).build();
    }

    private HttpRequest files(final String url) throws IOException {
        return HttpRequest.newBuilder(URI.create(url + "/v1/files")).header("Authorization", "Bearer " + Files.readString(folder.resolve("token")).strip()).build();
    }
}
