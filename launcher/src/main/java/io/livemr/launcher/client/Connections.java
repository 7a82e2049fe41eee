package io.livemr.launcher.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTP clients; each keeps its connections. */
public final class Connections {
    private Connections() {
    }

    /** For servers of this host. */
    public static HttpClient local() {
        return builder().followRedirects(HttpClient.Redirect.NORMAL).build();
    }

    /** Follows nobody elsewhere, as the secret would go along; trusts whom this machine trusts. */
    public static HttpClient careful() {
        return builder().build();
    }

    /** The same, but trusts the certificates of a PEM file alone. */
    public static HttpClient trusting(final Path caFile) {
        try (InputStream pem = Files.newInputStream(caFile)) {
            final Collection<? extends Certificate> trusted = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (trusted.isEmpty()) {
                throw new CertificateException("there is none");
            }
            return builder().sslContext(context(trusted)).build();
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("file=" + caFile + " is no PEM file of certificates: " + e.getMessage(), e);
        }
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    private static SSLContext context(final Collection<? extends Certificate> trusted) throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (final Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
