package io.livemr.control.driver;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The service of one driver: its standard input and output are the connection. It ends with the driver, or when the other end is gone;
 * whatever then is left of the driver is systemd's to end.
 */
public final class DriverHost {

    private static final int NOT_STARTED = 127;
    private static final long DRAIN_MILLIS = 2_000;

    private final DataInputStream in;
    private final DriverOutput output;
    private final Runnable whenAlone;

    DriverHost(final InputStream in, final DataOutputStream out, final Runnable whenAlone) {
        this.in = new DataInputStream(in);
        this.output = new DriverOutput(out);
        this.whenAlone = whenAlone;
    }

    public static void main(final String[] args) throws IOException, InterruptedException {
        new DriverHost(new BufferedInputStream(System.in), new DataOutputStream(new FileOutputStream(FileDescriptor.out)),
            () -> Runtime.getRuntime().halt(0)).run(DriverFolder.jar(), DriverFolder.site(), DriverFolder.work());
        // Threads that wait for the other end, or for a daemon's output, keep nobody here.
        Runtime.getRuntime().halt(0);
    }

    void run(final Path jar, final Path site, final Path work) throws IOException, InterruptedException {
        final DriverRequest request = DriverRequest.receive(in);
        DriverRequest.receiveFile(in, jar);
        DriverRequest.receiveFile(in, site);
        inBackground("connection", this::awaitEndOfConnection);
        output.end(exitCodeOf(request, Files.createDirectories(work)));
    }

    private int exitCodeOf(final DriverRequest request, final Path work) throws IOException, InterruptedException {
        try {
            return exitCodeOf(start(request, work));
        } catch (final IOException e) {
            output.copy(new ByteArrayInputStream(("[livemr: cannot start: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8)));
            return NOT_STARTED;
        }
    }

    private static Process start(final DriverRequest request, final Path work) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(request.command()).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(request.environment());
        final Process driver = builder.start();
        driver.getOutputStream().close();
        return driver;
    }

    private int exitCodeOf(final Process driver) throws InterruptedException {
        final Thread copying = inBackground("output", () -> output.copy(driver.getInputStream()));
        final int code = driver.waitFor();
        copying.join(DRAIN_MILLIS);
        return code;
    }

    private void awaitEndOfConnection() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;   // nothing more is said in this direction
            }
        } finally {
            whenAlone.run();
        }
    }

    private static Thread inBackground(final String name, final Task task) {
        final Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (final IOException e) {
                System.err.println(name + " ends early: " + e.getMessage());
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a thread does. */
    private interface Task {
        void run() throws IOException;
    }
}
