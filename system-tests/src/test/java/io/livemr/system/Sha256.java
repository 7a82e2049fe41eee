package io.livemr.system;

import io.livemr.lab.LabVm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of the same bytes, seen from three sides. */
public final class Sha256 {
    private Sha256() {
    }

    /** By the guest's own {@code sha256sum}: the oracle. */
    public static String inGuest(final LabVm vm, final String path) {
        return vm.exec("sha256sum < " + path).orThrow().split(" ")[0];
    }

    public static String of(final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String throughHdfs(final Site site, final String path) {
        try (InputStream in = site.stack().webHdfs().open(path)) {
            return of(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String of(final InputStream in) throws IOException {
        final MessageDigest digest = digest();
        new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String of(final byte[] bytes, final int lengthBytes) {
        final MessageDigest digest = digest();
        digest.update(bytes, 0, lengthBytes);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
