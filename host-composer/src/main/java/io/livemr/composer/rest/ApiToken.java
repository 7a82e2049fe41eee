package io.livemr.composer.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that lets a client in: file {@code token} of the state folder, mode 0600, made at first start. Immutable. */
public final class ApiToken {

    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] expectedHeader;

    private ApiToken(final String token) {
        this.expectedHeader = (SCHEME + token).getBytes(StandardCharsets.UTF_8);
    }

    public static ApiToken loadOrCreate(final Path state) throws IOException {
        final Path file = state.resolve("token");
        if (!Files.exists(file)) {
            create(file);
        }
        final String token = Files.readString(file).strip();
        if (token.length() < BYTES) {
            throw new IOException("token file is too short to be a secret file=" + file + "; delete it and start again");
        }
        return new ApiToken(token);
    }

    private static void create(final Path file) throws IOException {
        final byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        final Path unfinished = file.resolveSibling("token.tmp");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** In a time that does not depend on how much of it is right. */
    boolean admits(final String authorization) {
        return authorization != null
                && MessageDigest.isEqual(expectedHeader, authorization.getBytes(StandardCharsets.UTF_8));
    }
}
