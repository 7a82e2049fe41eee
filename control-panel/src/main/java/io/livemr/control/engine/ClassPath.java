package io.livemr.control.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class path of jars, none of them behind a {@code *}: in an order that is the same each time. */
record ClassPath(List<Path> jars) {

    private static final int KEY_DIGITS = 32;

    /** Nothing where an entry is a folder of classes. One that is not there is left out, as Java does. */
    static Optional<ClassPath> ofJars(final String words) {
        final List<Path> jars = new ArrayList<>();
        for (final String word : words.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(word))) {
                return Optional.empty();
            }
            jars.addAll(word.endsWith(File.separator + "*") ? jarsIn(Path.of(word).getParent()) : Files.isRegularFile(Path.of(word)) ? List.of(Path.of(word)) : List.of());
        }
        return jars.isEmpty() ? Optional.empty() : Optional.of(new ClassPath(jars));
    }

    private static List<Path> jarsIn(final Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().toLowerCase(java.util.Locale.ROOT).endsWith(".jar")).sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("folder=" + folder, e);
        }
    }

    /** As for {@code java -cp}. */
    String words() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Changes when a jar does, or Java. */
    String key(final String java) {
        final String facts = Stream.concat(Stream.of(Path.of(java)), jars.stream()).map(ClassPath::fact).collect(Collectors.joining("\n"));
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, KEY_DIGITS / 2));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fact(final Path file) {
        try {
            final BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return file.toRealPath() + " " + now.size() + " " + now.lastModifiedTime().toMillis();
        } catch (final IOException e) {
            return file + " is gone";
        }
    }
}
