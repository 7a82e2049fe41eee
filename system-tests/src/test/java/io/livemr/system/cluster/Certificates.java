package io.livemr.system.cluster;

import io.livemr.lab.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority, a certificate of its for each host, and the trust store that a host's Java would have of it. */
final class Certificates {

    private final Path folder;

    private Certificates(final Path folder) {
        this.folder = folder;
    }

    static Certificates make(final Path folder) throws IOException {
        final Certificates certificates = new Certificates(Files.createDirectories(folder));
        openssl(certificates.of("authority"), certificates.keyOf("authority"), "-subj", "/CN=authority");
        HostCommand.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-importcert", "-noprompt", "-storetype", "JKS", "-storepass", "changeit", "-alias", "authority",
            "-file", certificates.authority().toString(), "-keystore", certificates.trustStore().toString()).run();
        return certificates;
    }

    void certify(final int host, final String address) {
        openssl(of(host), keyOf(host), "-subj", "/CN=host" + host, "-addext", "subjectAltName=IP:" + address,
            "-CA", authority().toString(), "-CAkey", keyOf("authority").toString());
    }

    private static void openssl(final Path certificate, final Path key, final String... more) {
        final List<String> words = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-days", "2", "-out", certificate.toString(), "-keyout", key.toString()));
        words.addAll(List.of(more));
        HostCommand.of(words).run();
    }

    Path authority() {
        return of("authority");
    }

    Path trustStore() {
        return folder.resolve("trust.jks");
    }

    Path of(final int host) {
        return of("host" + host);
    }

    Path keyOf(final int host) {
        return keyOf("host" + host);
    }

    private Path of(final String name) {
        return folder.resolve(name + ".pem");
    }

    private Path keyOf(final String name) {
        return folder.resolve(name + ".key");
    }
}
