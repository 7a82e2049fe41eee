package io.livemr.control.engine;

import io.livemr.control.settings.PanelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Hadoop's classes as a JVM laid them out in memory, which it need not read and verify again: a driver that starts from them has its job taken about half a
 * second sooner. Made by a JVM that runs a job of one line, once for each Java and set of jars, when the panel has started, with the time that others leave; no
 * job's code has a part in it. A driver for which there is none starts as ever.
 *
 * <pre>  FOLDER/KEY.jsa     KEY: {@link ClassPath#key}   </pre>
 */
@Component
public class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String TYPICAL_JOB = "io.livemr.driver.TypicalJob";
    private static final long LIMIT_SECONDS = 120;

    private final String java;
    private final String classpath;
    private final Path folder;

    public ClassArchive(final StepProcesses processes, final PanelSettings settings) {
        this.java = processes.java();
        this.classpath = settings.hadoop().classpath();
        this.folder = settings.engine().classArchive() == null ? settings.state().resolve("classes") : settings.engine().classArchive();
    }

    /** What there is for the jars as they are now. */
    Optional<Path> of(final ClassPath jars) {
        return Optional.of(folder.resolve(jars.key(java) + ".jsa")).filter(Files::isReadable);
    }

    /** Of Hadoop; nothing where it is not made of jars alone, of which Java makes no archive. */
    Optional<ClassPath> jars() {
        return ClassPath.ofJars(classpath);
    }

    @EventListener(ApplicationReadyEvent.class)
    void makeInBackground() {
        final Thread thread = new Thread(this::makeIfMissing, "class-archive");
        thread.setDaemon(true);
        thread.start();
    }

    void makeIfMissing() {
        jars().filter(jars -> of(jars).isEmpty()).ifPresent(jars -> {
            try {
                make(jars);
            } catch (final IOException e) {
                LOG.info("drivers start without an archive of Hadoop's classes: {}", e.getMessage());
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void make(final ClassPath jars) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        deleteOld();
        final Path work = Files.createTempDirectory(folder, "work");
        try {
            Files.move(run(jars, work), folder.resolve(jars.key(java) + ".jsa"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
    }

    /** What another panel is making now is newer. */
    private void deleteOld() throws IOException {
        final FileTime old = FileTime.from(Instant.now().minusSeconds(5 * LIMIT_SECONDS));
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    FileSystemUtils.deleteRecursively(file);
                }
            }
        }
    }

    private Path run(final ClassPath jars, final Path work) throws IOException, InterruptedException {
        final Path archive = work.resolve("jsa");
        final Process process = new ProcessBuilder(List.of("nice", "--adjustment=19", java, "-XX:ArchiveClassesAtExit=" + archive, "-Xmx256m",
            "-Djava.io.tmpdir=" + work, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", jars.words(), TYPICAL_JOB, work.toString()))
            .redirectErrorStream(true).redirectOutput(work.resolve("log").toFile()).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0 || !Files.exists(archive)) {
            throw new IOException("exitCode=" + process.exitValue() + " " + lastLine(work.resolve("log")));
        }
        // Drivers may be other users.
        return Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("r--r--r--"));
    }

    private static String lastLine(final Path log) throws IOException {
        final List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
