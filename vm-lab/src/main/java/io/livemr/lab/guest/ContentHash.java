package io.livemr.lab.guest;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 over names and contents, each with its length, so that nothing moves unnoticed from one to the next. Not for several threads. */
final class ContentHash {
    private static final int KEY_HEX_DIGITS = 16;

    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    ContentHash add(final String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All regular files below a folder, in the order of their names. */
    ContentHash addTree(final Path folder) {
        for (final Path file : filesOf(folder)) {
            add(folder.relativize(file).toString());
            addFile(file);
        }
        return this;
    }

    ContentHash addFile(final Path file) {
        try {
            return add(Files.readAllBytes(file));
        } catch (final IOException e) {
            throw new LabException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    String key() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_HEX_DIGITS);
    }

    private ContentHash add(final byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    private static List<Path> filesOf(final Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (final IOException e) {
            throw new LabException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
