package io.livemr.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars of classes of this test's class path, for programs that run elsewhere. */
public final class Jars {
    private Jars() {
    }

    /** A new jar of one class, such as a job's driver. */
    public static Path alone(final Class<?> type) throws IOException {
        final Path file = Files.createTempFile("alone", ".jar");
        final String entry = type.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file)); InputStream code = type.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
        file.toFile().deleteOnExit();
        return file;
    }

    /** Where a class comes from. */
    public static Path of(final Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
