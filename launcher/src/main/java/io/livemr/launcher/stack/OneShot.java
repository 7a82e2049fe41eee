package io.livemr.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command that ends by itself, its words in a log; killed when its time is over or the caller is interrupted. */
final class OneShot {
    private OneShot() {
    }

    /** Whether it ended in time with exit code 0. */
    static boolean run(final List<String> command, final Path log, final Duration limit) {
        try {
            Files.createDirectories(log.getParent());
            final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            try {
                return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
