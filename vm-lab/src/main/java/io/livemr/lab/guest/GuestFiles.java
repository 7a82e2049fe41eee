package io.livemr.lab.guest;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Copies the guest's scripts and files out of this module's jar (or its classes folder); what begins with {@code #!} becomes executable. */
final class GuestFiles {
    private static final String ROOT = "/io/livemr/lab/guest";

    private GuestFiles() { }

    static void copyTo(final Path target) {
        try {
            final URI uri = GuestFiles.class.getResource(ROOT + "/settings.sh").toURI();
            if ("jar".equals(uri.getScheme())) {
                try (FileSystem jar = FileSystems.newFileSystem(Path.of(jarOf(uri)), Map.of())) {
                    copyTree(jar.getPath(ROOT), target);
                }
            } else {
                copyTree(Path.of(uri).getParent(), target);
            }
        } catch (final IOException | URISyntaxException e) {
            throw new LabException("cannot copy the guest's files to " + target + ": " + e.getMessage(), e);
        }
    }

    private static URI jarOf(final URI entry) {
        final String text = entry.getRawSchemeSpecificPart();
        return URI.create(text.substring(0, text.indexOf('!')));
    }

    private static void copyTree(final Path from, final Path to) throws IOException {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".class")).toList();
        }
        for (final Path file : files) {
            copyFile(file, to.resolve(from.relativize(file).toString()));
        }
    }

    private static void copyFile(final Path from, final Path to) throws IOException {
        final byte[] content = Files.readAllBytes(from);
        Files.createDirectories(to.getParent());
        Files.write(to, content);
        final boolean script = content.length > 2 && content[0] == '#' && content[1] == '!';
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
