package io.livemr.composer.rest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where REST is served, and how.
 *
 * @param port        0 for any.
 * @param certificate chain in PEM, the server's own first; null for plain HTTP.
 * @param privateKey  its key in PEM, not encrypted; null for plain HTTP.
 */
public record ListenSettings(String host, int port, Path certificate, Path privateKey) {

    /**
     * Reads {@code HOST:PORT}.
     *
     * @param plainHttp tokens may leave this machine in the clear.
     * @throws IllegalArgumentException if they would and may not, and for what names no address, port or pair of files.
     */
    public static ListenSettings of(final String address, final Path certificate, final Path privateKey, final boolean plainHttp) {
        final int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--listen must be HOST:PORT, not " + address);
        }
        final ListenSettings settings = new ListenSettings(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), certificate, privateKey);
        settings.requireBothFilesOrNone();
        if (!settings.encrypts() && !plainHttp) {
            settings.requireLoopback();
        }
        return settings;
    }

    public boolean encrypts() {
        return certificate != null;
    }

    String scheme() {
        return encrypts() ? "https" : "http";
    }

    private void requireBothFilesOrNone() {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("--certificate and --private-key go together");
        }
        requireReadable("--certificate", certificate);
        requireReadable("--private-key", privateKey);
    }

    private static void requireReadable(final String option, final Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalArgumentException(option + "=" + file + " cannot be read; it must be a file in PEM that the composer's user may read");
        }
    }

    private void requireLoopback() {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException("--listen=" + host + ":" + port + " is not a loopback address, and tokens would cross the network in the clear: give"
                    + " --certificate and --private-key, or --plain-http on a network of its own");
            }
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException("--listen names a host that is not known: " + host, e);
        }
    }
}
