package io.livemr.launcher.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.launcher.client.JsonHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hadoop's file system shell with {@code -composeFromLocal}, as a child process: no Hadoop library is loaded into this JVM.
 * Each call costs a JVM start, about two seconds.
 */
public final class HdfsShell {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Installation installation;
    private final Path conf;

    public HdfsShell(final Installation installation, final Path conf) {
        this.installation = installation;
        this.conf = conf;
    }

    /** What a call printed, and how it ended. */
    public record Result(int exitCode, String output, String errors) {
    }

    public List<String> command(final List<String> arguments) {
        final List<String> command = new ArrayList<>(List.of(installation.java(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-Xshare:auto", "-Dhadoop.root.logger=WARN,console", "-cp", installation.hadoopClasspath(conf),
            "io.livemr.hdfs.shell.ComposeShell"));
        command.addAll(arguments);
        return command;
    }

    /** Runs it on this process's own terminal. */
    public int runAttached(final List<String> arguments) throws IOException, InterruptedException {
        return new ProcessBuilder(command(arguments)).inheritIO().start().waitFor();
    }

    public Result run(final String... arguments) {
        try {
            final Path output = Files.createTempFile("livemr-hdfs", ".out");
            final Path errors = Files.createTempFile("livemr-hdfs", ".err");
            try {
                final int code = run(Arrays.asList(arguments), output, errors);
                return new Result(code, Files.readString(output), Files.readString(errors));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(errors);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(final List<String> arguments, final Path output, final Path errors) throws IOException {
        final Process process = new ProcessBuilder(command(arguments))
            .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("hdfs " + arguments + " did not end in " + LIMIT.toMinutes() + " min");
            }
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What {@code -composeFromLocal} made; {@code composeMillis} is the linking, {@code consentMillis} all before it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Composed(String name, String path, long lengthBytes, int blocks, long composeMillis, long consentMillis) {
    }

    /**
     * Makes one HDFS file over files of virtual machines, and waits for their owners' answers.
     *
     * @param sources the JSON object of {@code -composeFromLocal}: {@code {"vm": "/path"}} or {@code {"vm": ["/a", "/b"]}}.
     * @throws IllegalStateException with the shell's own words if it does not come to be.
     */
    public Composed compose(final JsonNode sources, final String destination) {
        final Result result = run("-composeFromLocal", "-json", sources.toString(), destination);
        if (result.exitCode() != 0) {
            throw new IllegalStateException((result.errors() + result.output()).strip());
        }
        try {
            return JsonHttp.JSON.readValue(result.output(), Composed.class);
        } catch (final IOException e) {
            throw new IllegalStateException("-composeFromLocal printed what is not its result: " + result.output(), e);
        }
    }
}
