package io.livemr.control.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.livemr.control.settings.PanelSettings;
import io.livemr.control.support.TestHadoop;
import io.livemr.control.support.TestSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs, Hadoop's own jars. */
@Timeout(180)
class ClassArchiveTest {

    private static final Path JAR = Path.of("../hdfs-bridge/yarn-runtime/target/yarn-runtime-0.1.0-SNAPSHOT.jar").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private PanelSettings settings(final String classpath) {
        return TestSettings.of(folder.resolve("state"), "hadoop.classpath", classpath, "engine.class-archive", folder.resolve("classes").toString(),
            "hadoop.conf-dir", folder.resolve("conf").toString());
    }

    private static ClassArchive archive(final PanelSettings settings) {
        return new ClassArchive(new StepProcesses(settings), settings);
    }

    @Test
    void shouldGiveDriversHadoopsClassesAndTheJobsSettingsBeforeTheClusters() throws Exception {
        TestHadoop.requireIt();
        assumeThat(JAR).as("mvn -pl hdfs-bridge/yarn-runtime package").exists();
        final PanelSettings settings = settings(JAR + File.pathSeparator + TestHadoop.libraries() + "/*");
        final ClassArchive archive = archive(settings);
        leaveFromLongAgo("classes/old.jsa", "classes/work-of-one-that-died/jsa");

        archive.makeIfMissing();

        final Path file = archive.jars().flatMap(archive::of).orElseThrow();
        assertThat(namesIn(folder.resolve("classes"))).containsExactly(file.getFileName().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--r--r--");
        assertThat(loadedBy(driverOf(settings, archive))).contains("org.apache.hadoop.util.RunJar source: shared objects file (top)");
    }

    private static String loadedBy(final List<String> driver) throws Exception {
        final List<String> command = new java.util.ArrayList<>(driver);
        command.add(1, "-Xlog:class+load");
        return new String(new ProcessBuilder(command).redirectErrorStream(true).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** As the panel would start it: what it says is its own words. */
    private List<String> driverOf(final PanelSettings settings, final ClassArchive archive) throws Exception {
        final Path jobConf = Files.createDirectories(folder.resolve("job-conf"));
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/log4j.properties"), "");
        final PanelSettings saying = TestSettings.of(folder.resolve("state"), "hadoop.classpath", settings.hadoop().classpath(),
            "hadoop.conf-dir", folder.resolve("conf").toString(), "engine.prefix", "printf,%s\\n");
        final Path step = Files.createDirectories(folder.resolve("step"));
        final StepProcesses processes = new StepProcesses(saying);
        new Hadoop(processes, saying, new DriverPlaces(saying), archive)
            .driver(step, new DriverCommand(Path.of("/job.jar"), "Main", true, jobConf, List.of()), () -> { });
        await().atMost(Duration.ofSeconds(60)).until(() -> processes.status(step).phase() == StepStatus.Phase.ENDED);
        final List<String> words = Files.readAllLines(step.resolve("log"));
        assertThat(words.get(words.indexOf("-cp") + 1)).endsWith(File.pathSeparator + jobConf + File.pathSeparator + folder.resolve("conf"));
        assertThat(words).contains("-Dlog4j.configuration=" + folder.resolve("conf/log4j.properties").toUri());
        return words;
    }

    @Test
    void shouldDoWithoutWhereJavaMakesNone() throws Exception {
        final ClassArchive ofFolder = archive(settings(folder.toString()));
        final ClassArchive ofNoHadoop = archive(settings(Files.writeString(folder.resolve("empty.jar"), "").toString()));

        ofFolder.makeIfMissing();
        ofNoHadoop.makeIfMissing();

        assertThat(ofFolder.jars()).isEmpty();
        assertThat(ofNoHadoop.jars().flatMap(ofNoHadoop::of)).isEmpty();
        assertThat(namesIn(folder.resolve("classes"))).isEmpty();
    }

    private void leaveFromLongAgo(final String... files) throws IOException {
        for (final String file : files) {
            final Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
            Files.setLastModifiedTime(path.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        }
    }

    private static List<String> namesIn(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
