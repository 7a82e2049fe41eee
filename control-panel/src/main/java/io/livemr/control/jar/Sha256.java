package io.livemr.control.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hex digits. */
public final class Sha256 {

    private Sha256() { }

    public static String of(final byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    static String of(final Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return of(content);
        }
    }

    static String of(final InputStream content) throws IOException {
        return copy(content, OutputStream.nullOutputStream());
    }

    /** Copies all of a stream and says what went through. */
    public static String copy(final InputStream from, final OutputStream to) throws IOException {
        final MessageDigest digest = digest();
        new DigestInputStream(from, digest).transferTo(to);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
