package io.livemr.agent.consent;

import io.livemr.extent.FileId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A one-time token, and its hash bound to (file, generation, requester, expiry): a token from one mail says nothing about
 * any other request (T8). Only the hash is kept.
 */
final class ConsentToken {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;

    private ConsentToken() {
    }

    static String newToken() {
        final byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    static String hash(final String token, final FileId file, final String requester, final long expiresAtSeconds) {
        final String bound = String.join("\n", token, file.fsUuid().toString(), Long.toString(file.inode()),
                Long.toString(file.generation()), requester, Long.toString(expiresAtSeconds));
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bound.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static boolean matches(
            final String hash, final String token, final FileId file, final String requester,
            final long expiresAtSeconds) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                hash(token, file, requester, expiresAtSeconds).getBytes(StandardCharsets.US_ASCII));
    }
}
