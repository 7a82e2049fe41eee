package io.livemr.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where the built programs are: a checkout in which each module has {@code target/MODULE-VERSION.jar} and {@code target/lib}. */
public record Installation(Path home) {
    private static final String HOME_KEY = "livemr.home";

    /** From {@code -Dlivemr.home}; without it, the checkout around the working folder. */
    public static Installation find() {
        final String given = System.getProperty(HOME_KEY);
        if (given != null) {
            return new Installation(Path.of(given).toAbsolutePath().normalize());
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("livemr")) && Files.exists(folder.resolve("host-composer"))) {
                return new Installation(folder);
            }
        }
        throw new IllegalStateException("no LiveMR checkout around " + Path.of("").toAbsolutePath() + "; set -D" + HOME_KEY);
    }

    /** The module's own jar, without those of its sources or tests. */
    public Path jar(final String module) {
        final Path target = home.resolve(module).resolve("target");
        final String prefix = Path.of(module).getFileName() + "-";
        try (Stream<Path> files = Files.exists(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> isJarOf(prefix, file.getFileName().toString())).sorted().findFirst()
                .orElseThrow(() -> new IllegalStateException("no jar in " + target + "; build with " + home + "/scripts/build.sh"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJarOf(final String prefix, final String name) {
        return name.startsWith(prefix) && name.endsWith(".jar")
            && Stream.of("-sources", "-javadoc", "-tests", "-plain").noneMatch(part -> name.contains(part + ".jar"));
    }

    public String classpath(final String module) {
        return jar(module) + ":" + home.resolve(module).resolve("target/lib") + "/*";
    }

    /** Stock Hadoop, the plug-in, and what the panel runs beside drivers. */
    public String hadoopLibraries() {
        return jar("hdfs-bridge/block-link") + ":" + jar("hdfs-bridge/yarn-runtime") + ":" + home.resolve("hdfs-bridge/hadoop-runtime/target/lib") + "/*";
    }

    /** The same after the folder with the configuration. */
    public String hadoopClasspath(final Path conf) {
        return conf + ":" + hadoopLibraries();
    }

    /** Made by the first panel of this build, and used by all. */
    public Path classArchive() {
        return home.resolve("target/classes-of-hadoop");
    }

    public String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A command line for a Java program that starts quickly and takes no more than the given heap. */
    public List<String> javaCommand(final int heapMebibytes, final String classpath, final String... mainAndArguments) {
        final List<String> command = new ArrayList<>(List.of(java(), "-Xmx" + heapMebibytes + "m",
            "-XX:+UseSerialGC", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError", "-cp", classpath));
        command.addAll(Arrays.asList(mainAndArguments));
        return command;
    }
}
