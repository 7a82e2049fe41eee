package io.livemr.lab.ssh;

import io.livemr.lab.LabException;
import io.livemr.lab.host.HostCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands in one guest over a shared ssh connection, which is opened at first use: under TCG a key exchange costs most of
 * a second, a command on an open connection some 30 ms. Threads may share a client; each command has its own ssh process.
 */
public final class SshClient {
    private static final Logger LOG = LoggerFactory.getLogger(SshClient.class);
    /** ssh's own word for "no connection"; a command may say it too. */
    private static final int SSH_FAILED = 255;
    /** Of stdout and of stderr, kept in memory. */
    private static final int KEPT_BYTES = 64 << 20;

    private final String vm;
    private final SshTarget target;

    public SshClient(final String vm, final SshTarget target) {
        this.vm = vm;
        this.target = target;
    }

    /** @return whether the guest's ssh server let us in. */
    public synchronized boolean connect() {
        if (isConnected()) {
            return true;
        }
        return HostCommand.of(target.command("-M", "-N", "-f", "-o", "ControlPersist=yes")).tryRun().exitCode() == 0;
    }

    public boolean isConnected() {
        return Files.exists(target.control()) && HostCommand.of(target.command("-O", "check")).tryRun().exitCode() == 0;
    }

    /** Ends the shared connection, if there is one. */
    public synchronized void disconnect() {
        if (Files.exists(target.control())) {
            HostCommand.of(target.command("-O", "exit")).tryRun();
        }
    }

    /**
     * Runs a command and waits for its end.
     *
     * @throws LabException if the VM cannot be reached, the connection broke, or the command's time limit passed.
     */
    public ExecResult run(final GuestCommand command) {
        requireConnection();
        final Process process = start(command, ProcessBuilder.Redirect.PIPE);
        try {
            return collect(process, command);
        } catch (final IOException | CompletionException e) {
            throw new LabException(vm + ": lost the command " + command.remoteLine() + ": " + e.getMessage(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a command on this process's own stdin, stdout and stderr. @return its exit code. */
    public int runInherited(final GuestCommand command) {
        requireConnection();
        final Process process = start(command, ProcessBuilder.Redirect.INHERIT);
        return checked(await(process, command));
    }

    /** A login shell on this process's terminal. @return its exit code. */
    public int shell() {
        requireConnection();
        return await(start(target.command("-t"), ProcessBuilder.Redirect.INHERIT), GuestCommand.of("a login shell"));
    }

    private void requireConnection() {
        if (!Files.exists(target.control()) && !connect()) {
            throw new LabException(vm + " does not let us in by ssh at 127.0.0.1:" + target.port() + "; is it running? livemr lab list");
        }
    }

    private Process start(final GuestCommand command, final ProcessBuilder.Redirect streams) {
        final List<String> words = new ArrayList<>(target.command("-T"));
        words.add(command.remoteLine());
        return start(words, streams);
    }

    private static Process start(final List<String> words, final ProcessBuilder.Redirect streams) {
        try {
            return new ProcessBuilder(words).redirectInput(streams).redirectOutput(streams).redirectError(streams).start();
        } catch (final IOException e) {
            throw new LabException("cannot run ssh: Debian package openssh-client is missing; run scripts/install-debian-packages.sh", e);
        }
    }

    private ExecResult collect(final Process process, final GuestCommand command) throws IOException {
        final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        final OutputStream stdout = command.stdout().orElse(kept);
        final CompletableFuture<Void> outputs = CompletableFuture.allOf(
                inBackground(process, () -> copy(process.getErrorStream(), errors, KEPT_BYTES)),
                inBackground(process, () -> copy(process.getInputStream(), stdout, stdout == kept ? KEPT_BYTES : Long.MAX_VALUE)));
        feedInBackground(command.stdin(), process.getOutputStream());
        final int exitCode = await(process, command);
        // Only now may the process be destroyed: that closes the streams, read or not.
        outputs.join();
        return new ExecResult(command.remoteLine(), checked(exitCode), kept.toByteArray(), errors.toByteArray());
    }

    private int await(final Process process, final GuestCommand command) {
        try {
            if (process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroy();
            throw new LabException(vm + ": not done after " + command.limit().toSeconds() + " s: " + command.remoteLine());
        } catch (final InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LabException(vm + ": interrupted in " + command.remoteLine(), e);
        }
    }

    private int checked(final int exitCode) {
        if (exitCode == SSH_FAILED && !isConnected()) {
            throw new LabException(vm + ": the connection broke; is it running? livemr lab list");
        }
        return exitCode;
    }

    private interface Copying {
        void run() throws IOException;
    }

    /** A stream that cannot be copied ends the command: else it would wait for a reader for ever. */
    private static CompletableFuture<Void> inBackground(final Process process, final Copying copying) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        startDaemon(() -> {
            try {
                copying.run();
                done.complete(null);
            } catch (final IOException e) {
                done.completeExceptionally(new UncheckedIOException(e));
                process.destroy();
            }
        });
        return done;
    }

    private void feedInBackground(final InputStream from, final OutputStream to) {
        startDaemon(() -> {
            try (to) {
                from.transferTo(to);
            } catch (final IOException e) {
                // A command need not read all that it is given; whether it minds shows in its exit code.
                LOG.debug("{}: stdin ended early: {}", vm, e.getMessage());
            }
        });
    }

    private static void startDaemon(final Runnable work) {
        final Thread thread = new Thread(work, "lab-exec");
        thread.setDaemon(true);
        thread.start();
    }

    private static void copy(final InputStream from, final OutputStream to, final long limitBytes) throws IOException {
        final byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            total += read;
            if (total > limitBytes) {
                throw new IOException("more than " + limitBytes + " bytes of output; send stdout to a stream");
            }
            to.write(buffer, 0, read);
        }
        to.flush();
    }
}
