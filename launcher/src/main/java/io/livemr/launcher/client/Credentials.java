package io.livemr.launcher.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Says who asks, by one header of each request. What it is made of is read for each, so a file may come or change later. */
@FunctionalInterface
public interface Credentials {
    Credentials NONE = Optional::empty;

    /** A header. */
    record Header(String name, String value) {
        private static Header authorization(final String value) {
            return new Header("Authorization", value);
        }
    }

    /** Nothing where there is nothing to say. */
    Optional<Header> header();

    /** The bearer token that a server of LiveMR keeps in a file. None while the file is not there: the server makes it at its start. */
    static Credentials tokenFile(final Path file) {
        return () -> Files.isReadable(file) ? Optional.of(Header.authorization("Bearer " + firstLine(file))) : Optional.empty();
    }

    /** HTTP Basic, with the password of a file. */
    static Credentials basic(final String user, final Path passwordFile) {
        return () -> basic(user, firstLine(passwordFile)).header();
    }

    /** HTTP Basic. */
    static Credentials basic(final String user, final String password) {
        final byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return () -> Optional.of(Header.authorization("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /** A token of OpenStack's Keystone. */
    static Credentials keystone(final String token) {
        return () -> Optional.of(new Header("X-Auth-Token", token));
    }

    private static String firstLine(final Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("").strip();
        } catch (final IOException e) {
            throw new ApiException("file=" + file + " with the secret cannot be read", e);
        }
    }
}
