package io.livemr.control.engine;

import io.livemr.control.settings.EngineSettings;
import io.livemr.control.settings.HadoopSettings;
import io.livemr.control.settings.PanelSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Hadoop's programs, each in a process of its own: the linker of files into HDFS, drivers of jobs through {@code RunJar},
 * and what looks after their applications on YARN. All but the first are steps that outlive the panel: their calls name the step's folder and return at once.
 */
@Component
public class Hadoop {

    private static final String LINKER = "io.livemr.hdfs.linker.Linker";
    private static final String DRIVER = "org.apache.hadoop.util.RunJar";
    private static final String APPLICATIONS = "io.livemr.yarn.Applications";

    private final StepProcesses processes;
    private final HadoopSettings hadoop;
    private final EngineSettings engine;
    private final DriverPlaces places;
    private final ClassArchive archive;
    private final Path linkerFolder;

    public Hadoop(final StepProcesses processes, final PanelSettings settings, final DriverPlaces places, final ClassArchive archive) {
        this.processes = processes;
        this.hadoop = settings.hadoop();
        this.engine = settings.engine();
        this.places = places;
        this.archive = archive;
        this.linkerFolder = settings.state().resolve("linker");
    }

    /** The process that makes and removes links, not started. It ends when its input does. */
    ProcessBuilder linker() {
        final Path work = workFolder(linkerFolder);
        final List<String> command = smallJava(work);
        command.addAll(List.of(LINKER, linkerFolder.resolve("lock").toString()));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(work));
        return builder;
    }

    /**
     * Keeps in a file how a job's YARN applications stand, until it is killed.
     *
     * @param file read by {@code JobApplications}; hdfs-bridge/yarn-runtime's README has its form.
     */
    public void watchApplications(final Path step, final String jobId, final Path file, final Runnable whenEnded) {
        applications("watch", step, jobId, file, engine.timeLimit(), whenEnded);
    }

    /** Ends a job's YARN applications, and writes into the same file how they ended. */
    public void endApplications(final Path step, final String jobId, final Path file, final Runnable whenEnded) {
        applications("end", step, jobId, file, engine.clientLimit(), whenEnded);
    }

    private void applications(final String what, final Path step, final String jobId, final Path file, final Duration limit,
                              final Runnable whenEnded) {
        final Path work = workFolder(step);
        final List<String> command = smallJava(work);
        command.addAll(List.of(APPLICATIONS, what, JobConf.tag(jobId), file.toString()));
        processes.start(step, command, environment(work), work, limit, whenEnded);
    }

    /** Runs a job's driver. */
    public void driver(final Path step, final DriverCommand job, final Runnable whenEnded) {
        final DriverPlace place = places.of(step, job);
        final List<String> command = new ArrayList<>(place.before());
        command.addAll(engine.prefix());
        command.addAll(driverJava(place));
        command.addAll(List.of("-Dhadoop.tmp.dir=" + place.work(), DRIVER, place.jar().toString()));
        if (!job.mainInManifest()) {
            command.add(job.mainClass());
        }
        command.addAll(job.args());
        final Map<String, String> environment = environment(place.work());
        place.environment().forEach(environment::putIfAbsent);
        processes.start(step, command, environment, workFolder(step), engine.timeLimit(), whenEnded);
    }

    /** From the archive, if there is one; an archive's jars have to come first on the class path, and hold none of Hadoop's settings but those of its log. */
    private List<String> driverJava(final DriverPlace place) {
        final String conf = place.conf() + File.pathSeparator + hadoop.confDir();
        final Optional<ClassPath> jars = archive.jars();
        final Optional<Path> classes = jars.flatMap(archive::of);
        if (classes.isEmpty()) {
            return java(engine.heap().toMegabytes(), place.work(), conf + File.pathSeparator + hadoop.classpath());
        }
        final List<String> command = java(engine.heap().toMegabytes(), place.work(), jars.get().words() + File.pathSeparator + conf);
        command.add(1, "-XX:SharedArchiveFile=" + classes.get());
        Optional.of(Path.of(hadoop.confDir(), "log4j.properties")).filter(Files::exists)
            .ifPresent(file -> command.add(1, "-Dlog4j.configuration=" + file.toUri()));
        return command;
    }

    /** For programs that do too little for optimised code to pay. */
    private List<String> smallJava(final Path work) {
        final List<String> command = java(engine.clientHeap().toMegabytes(), work, hadoop.confDir() + File.pathSeparator + hadoop.classpath());
        command.addAll(1, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        return command;
    }

    private List<String> java(final long heapMegabytes, final Path work, final String classpath) {
        // RunJar unpacks the jar below java.io.tmpdir; that is the step's own folder, which goes when the job has ended.
        return new ArrayList<>(List.of(processes.java(), "-Xmx" + heapMegabytes + "m", "-Djava.io.tmpdir=" + work,
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", classpath));
    }

    private static Path workFolder(final Path step) {
        try {
            return Files.createDirectories(step.resolve("work"));
        } catch (final IOException e) {
            throw new UncheckedIOException("step=" + step, e);
        }
    }

    private Map<String, String> environment(final Path work) {
        final Map<String, String> environment = new TreeMap<>(Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG", "C.UTF-8",
            "HOME", work.toString(),
            "JAVA_HOME", Path.of(processes.java()).getParent().getParent().toString(),
            "HADOOP_CONF_DIR", hadoop.confDir()));
        engine.environment().stream().filter(System.getenv()::containsKey)
            .forEach(name -> environment.put(name, System.getenv(name)));
        return environment;
    }
}
