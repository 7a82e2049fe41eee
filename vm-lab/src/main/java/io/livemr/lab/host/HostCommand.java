package io.livemr.lab.host;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program of this machine, for short answers: output goes through a file, so that a child left in the
 * background cannot keep the caller waiting. A failure is a {@link LabException} that holds what the program said.
 */
public final class HostCommand {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);
    private static final int MESSAGE_CHARS = 2_000;
    /** Debian package of each program that a plain installation lacks. */
    private static final Map<String, String> PACKAGE_OF = Map.of(
            "qemu-img", "qemu-utils", "qemu-io", "qemu-utils", "qemu-system-x86_64", "qemu-system-x86", "ssh", "openssh-client",
            "ssh-keygen", "openssh-client", "libvirtd", "libvirt-daemon-system", "virtlogd", "libvirt-daemon-system",
            "mke2fs", "e2fsprogs", "sfdisk", "fdisk");

    private final List<String> command;
    private String stdin = "";
    private Duration limit = DEFAULT_LIMIT;

    private HostCommand(final List<String> command) {
        this.command = List.copyOf(command);
    }

    public static HostCommand of(final String... command) {
        return new HostCommand(List.of(command));
    }

    public static HostCommand of(final List<String> command) {
        return new HostCommand(command);
    }

    public HostCommand stdin(final String text) {
        this.stdin = text;
        return this;
    }

    public HostCommand limit(final Duration time) {
        this.limit = time;
        return this;
    }

    /** Exit code and what was said on stdout and stderr together. */
    public record Outcome(int exitCode, String output) { }

    /** @return what the program said. @throws LabException if it did not exit with 0. */
    public String run() {
        final Outcome outcome = tryRun();
        if (outcome.exitCode() != 0) {
            throw new LabException(String.join(" ", command) + " failed with exit code " + outcome.exitCode() + ": " + brief(outcome.output()));
        }
        return outcome.output();
    }

    /** Like {@link #run}, with any exit code. */
    public Outcome tryRun() {
        try {
            final Path output = Files.createTempFile("livemr-lab-", ".out");
            try {
                final int exitCode = await(start(output));
                return new Outcome(exitCode, Files.readString(output));
            } finally {
                Files.delete(output);
            }
        } catch (final IOException e) {
            throw new LabException(command.get(0) + " could not be run: " + e.getMessage(), e);
        }
    }

    private Process start(final Path output) throws IOException {
        final Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        } catch (final IOException e) {
            throw missing(command.get(0), e);
        }
        try (var input = process.getOutputStream()) {
            input.write(stdin.getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    private int await(final Process process) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new LabException(String.join(" ", command) + " did not end within " + limit.toSeconds() + " s");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while running " + command.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static LabException missing(final String program, final IOException cause) {
        final String fromPackage = PACKAGE_OF.getOrDefault(program, program);
        return new LabException("no program " + program + " here: Debian package " + fromPackage
                + " is missing; run scripts/install-debian-packages.sh", cause);
    }

    /** An I/O error while writing {@code file}, said so that a full disk is recognised. */
    public static LabException noSpaceOr(final Path file, final IOException cause) {
        final String hint = String.valueOf(cause.getMessage()).contains("No space left")
                ? "; free some room or choose another folder with --state and --cache" : "";
        return new LabException("cannot write " + file + ": " + cause.getMessage() + hint, cause);
    }

    private static String brief(final String text) {
        final String trimmed = text.strip();
        return trimmed.length() <= MESSAGE_CHARS ? trimmed : "…" + trimmed.substring(trimmed.length() - MESSAGE_CHARS);
    }
}
