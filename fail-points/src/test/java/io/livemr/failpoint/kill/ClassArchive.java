package io.livemr.failpoint.kill;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program's class path, and its classes as a JVM laid them out in memory when the program ended: with them a start costs less. A JVM makes that of jars
 * only; where a program runs from a folder of classes there is none, and a start costs what it costs.
 */
public final class ClassArchive {

    private final Path file;

    /** @param program names the file below {@code target}. */
    public ClassArchive(final String program) {
        this.file = Path.of("target", program + ".jsa").toAbsolutePath();
    }

    /** Runs the program from its start to an orderly end. */
    @FunctionalInterface
    public interface Run {

        /** @param option what java is told besides. */
        void with(String option) throws Exception;
    }

    /** Of this JVM, without its tests. */
    public String classPath() {
        return entries().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).filter(entry -> !entry.endsWith("test-classes")).toList();
    }

    /** Makes it where there is none of these jars. */
    public void make(final Run run) throws Exception {
        if (entries().stream().noneMatch(Files::isDirectory) && !isCurrent()) {
            Files.deleteIfExists(file);
            run.with("-XX:ArchiveClassesAtExit=" + file);
        }
    }

    /** What java is told of it; it does without where that does not fit. */
    public String option() {
        return "-XX:SharedArchiveFile=" + file;
    }

    private boolean isCurrent() throws IOException {
        return Files.exists(file) && entries().stream().allMatch(jar -> modified(jar) < modified(file));
    }

    private static long modified(final Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
