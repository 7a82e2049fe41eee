package io.livemr.extent.qcow2;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A qemu-io that keeps an image open for writing, as a running guest's QEMU does. One command at a time: it polls its
 * input but reads through a buffer, so that a second line sent early would wait in there for a third.
 */
final class QemuIoSession implements Closeable {

    private static final String PROMPT = "qemu-io> ";

    private final Process process;
    private final Writer commands;
    private final InputStream answers;

    QemuIoSession(final Path image) throws IOException {
        process = new ProcessBuilder("qemu-io", "-f", "qcow2", image.toString()).redirectErrorStream(true).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.getInputStream();
        awaitPrompt();
    }

    /** Returns when the command is done. */
    void run(final String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        final String answer = awaitPrompt();
        if (answer.contains("failed") || answer.contains("error")) {
            throw new IOException(command + ": " + answer);
        }
    }

    private String awaitPrompt() throws IOException {
        final StringBuilder answer = new StringBuilder();
        while (answer.indexOf(PROMPT) < 0) {
            final int next = answers.read();
            if (next < 0) {
                throw new IOException("qemu-io ended: " + answer);
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        commands.write("quit\n");
        commands.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
