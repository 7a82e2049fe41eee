package io.livemr.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this host with a limit on their time, and sees to it that none outlives the benchmark. */
public final class Programs {

    private static final int WORDS_BYTES = 1_500;
    private static final long GRACE_SECONDS = 3;

    private final Bed bed;

    Programs(final Bed bed) {
        this.bed = bed;
    }

    /** Whether a program is on the path. */
    public static boolean has(final String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs a program to its end. Returns what it wrote to standard output. */
    public String run(final Duration limit, final Map<String, String> environment, final List<String> command)
        throws IOException, InterruptedException, ProgramException {
        final Path output = Files.createTempFile(bed.folder(), "program", ".out");
        try {
            runTo(output, limit, environment, command);
            return Files.readString(output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Runs a program to its end; its standard output becomes the file. */
    private void runTo(final Path output, final Duration limit, final Map<String, String> environment, final List<String> command)
        throws IOException, InterruptedException, ProgramException {
        final Path errors = Files.createTempFile(bed.folder(), "program", ".err");
        try {
            await(start(builder(environment, command).redirectOutput(output.toFile()).redirectError(errors.toFile())), limit, command, errors);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** Runs a program to its end; all that it says goes to the log. */
    public void runLogged(final Path log, final Duration limit, final Map<String, String> environment, final List<String> command)
        throws IOException, InterruptedException, ProgramException {
        await(start(builder(environment, command).redirectErrorStream(true).redirectOutput(log.toFile())), limit, command, log);
    }

    private static void await(final Process process, final Duration limit, final List<String> command, final Path words)
        throws IOException, InterruptedException, ProgramException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProgramException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new ProgramException(command.get(0) + " ended with " + process.exitValue() + ": " + lastWords(words));
            }
        } finally {
            end(process);
        }
    }

    /** Starts a program that goes on until {@link #end}, or until the benchmark is over. Its words go to a file in the benchmark's folder. */
    public Process startServer(final String name, final List<String> command) throws IOException {
        final Path words = bed.folder().resolve(name + ".log");
        return start(builder(Map.of(), command).redirectErrorStream(true).redirectOutput(words.toFile()));
    }

    /** Starts a program whose standard output the caller reads; what it complains about goes to a file. */
    public Process startPiped(final Path errors, final Map<String, String> environment, final List<String> command) throws IOException {
        return start(builder(environment, command).redirectError(errors.toFile()));
    }

    private ProcessBuilder builder(final Map<String, String> environment, final List<String> command) {
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.directory(bed.folder().toFile());
    }

    private Process start(final ProcessBuilder builder) throws IOException {
        final Process process = builder.start();
        bed.teardown().add(() -> end(process));
        return process;
    }

    /** Ends a program and what it started; first asks. One that has ended is fine. */
    public static void end(final Process process) throws InterruptedException {
        final List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** The end of what a program complained about. */
    public static String lastWords(final Path file) throws IOException {
        final String text = Files.readString(file).strip();
        return text.substring(Math.max(0, text.length() - WORDS_BYTES));
    }
}
