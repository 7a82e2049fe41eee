package io.livemr.composer.rest;

import io.javalin.community.ssl.SslConfig;
import io.javalin.community.ssl.SslPlugin;
import io.javalin.community.ssl.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that REST is served with. One whose files replace it is served without a restart; one that cannot be read is named, and the old one stays. */
final class ServedCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);

    private final ListenSettings listen;
    private final SslPlugin plugin;
    private List<Object> seen;

    ServedCertificate(final ListenSettings listen) throws IOException {
        this.listen = listen;
        this.seen = files();
        this.plugin = read();
    }

    private SslPlugin read() {
        try {
            return new SslPlugin(this::configure);
        } catch (final RuntimeException e) {
            throw new IllegalArgumentException("--certificate=" + listen.certificate() + " and --private-key=" + listen.privateKey()
                + " are not a certificate and its unencrypted key in PEM: " + e.getMessage(), e);
        }
    }

    SslPlugin plugin() {
        return plugin;
    }

    /** Looks whether the files have been replaced. For one thread. */
    void tick() {
        try {
            final List<Object> now = files();
            if (!now.equals(seen)) {
                seen = now;
                plugin.reload(this::configure);
                LOG.info("serving a new certificate={}", listen.certificate());
            }
        } catch (final IOException | RuntimeException e) {
            LOG.warn("certificate={} privateKey={} cannot be served, the one of before still is: {}", listen.certificate(), listen.privateKey(), e.toString());
        }
    }

    private List<Object> files() throws IOException {
        return List.of(version(listen.certificate()), version(listen.privateKey()));
    }

    private static List<Object> version(final Path file) throws IOException {
        final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return List.of(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    }

    private void configure(final SslConfig ssl) {
        ssl.pemFromPath(listen.certificate().toString(), listen.privateKey().toString());
        ssl.host = listen.host();
        ssl.securePort = listen.port();
        ssl.insecure = false;
        ssl.http2 = false;
        ssl.tlsConfig = TlsConfig.MODERN;
    }
}
