package io.livemr.control.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The panel's class path, and its classes as a JVM laid them out in memory when a panel of its own ended: with them a start costs two thirds. A JVM makes that of
 * jars only; where the panel runs from a folder of classes there is none, and a start costs what it costs.
 */
public final class ClassArchive {

    private static final Path FILE = Path.of("target/panel.jsa").toAbsolutePath();

    private ClassArchive() { }

    static String classPath() {
        return entries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).filter(entry -> !entry.endsWith("test-classes")).toList();
    }

    /** Makes it where there is none of these jars. */
    public static void make(final Path folder, final FakeComposer composer) throws IOException {
        if (entries().stream().noneMatch(Files::isDirectory) && !isCurrent()) {
            Files.deleteIfExists(FILE);
            new Panel(folder, composer).java("-XX:ArchiveClassesAtExit=" + FILE).start().close();
        }
    }

    /** What java is told of it; it does without where that does not fit. */
    public static String option() {
        return "-XX:SharedArchiveFile=" + FILE;
    }

    private static boolean isCurrent() throws IOException {
        return Files.exists(FILE) && entries().stream().allMatch(jar -> modified(jar) < modified(FILE));
    }

    private static long modified(final Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
