package io.livemr.lab.host;

import io.livemr.lab.LabException;
import io.livemr.lab.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Runs the scripts that build upstream source with our patches. A script tells its progress on stderr and, last, the path of what
 * it built on stdout; what is in its cache is there at once.
 */
public final class PatchedBuild {
    private static final int REMEMBERED_LINES = 20;

    private final Progress progress;

    public PatchedBuild(final Progress progress) {
        this.progress = progress;
    }

    /** QEMU's system emulator. */
    public Path qemu() {
        return run("scripts/build-qemu.sh");
    }

    /** A kernel image for guests. */
    public Path kernel() {
        return run("scripts/build-guest-kernel.sh");
    }

    private Path run(final String script) {
        final Path file = Checkout.find(script).orElseThrow(() -> new LabException(
                "no " + script + " near this program; patched modes need the source tree"));
        final Deque<String> said = new ConcurrentLinkedDeque<>();
        try {
            final Path output = Files.createTempFile("livemr-lab-", ".out");
            try {
                final Process process = new ProcessBuilder(file.toString()).redirectOutput(output.toFile()).start();
                follow(process, said);
                requireSuccess(script, process.waitFor(), said);
                return Path.of(Files.readString(output).strip());
            } finally {
                Files.delete(output);
            }
        } catch (final IOException e) {
            throw new LabException("cannot run " + file + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while " + script + " ran", e);
        }
    }

    private void follow(final Process process, final Deque<String> said) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.step(line);
                said.addLast(line);
                if (said.size() > REMEMBERED_LINES) {
                    said.removeFirst();
                }
            }
        }
    }

    private static void requireSuccess(final String script, final int exitCode, final Deque<String> said) {
        if (exitCode != 0) {
            throw new LabException(script + " failed with exit code " + exitCode + ":\n" + String.join("\n", said));
        }
    }
}
