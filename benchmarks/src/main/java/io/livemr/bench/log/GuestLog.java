package io.livemr.bench.log;

import io.livemr.bench.host.Bed;
import io.livemr.bench.host.Site;
import io.livemr.lab.LabVm;
import io.livemr.lab.ssh.GuestCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A log in a guest and the {@link LogWriter} that appends to it, on behalf of the files' owner. Between {@link #run} and {@link #stop} a
 * thread listens to its reports; otherwise one thread uses it.
 */
public final class GuestLog {

    /** The host as guests of QEMU's user-mode network see it. */
    private static final String HOST = "10.0.2.2";
    private static final String FOLDER = "/opt/bench";
    private static final int ANSWER_MILLIS = 600_000;

    private final SyncReports reports = new SyncReports();
    private final Socket socket;
    private final BufferedReader in;
    private final PrintStream out;
    private Thread listener;

    private GuestLog(final Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        this.out = new PrintStream(socket.getOutputStream(), true);
    }

    /** Starts the writer of a new log. */
    public static GuestLog start(final Bed bed, final LabVm vm, final String path) throws IOException {
        copyProgram(vm);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(ANSWER_MILLIS);
            vm.execAs(Site.OWNER, "setsid /opt/livemr/jre/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp " + FOLDER + " "
                + LogWriter.class.getName() + " " + path + " " + HOST + " " + server.getLocalPort()
                + " < /dev/null > /tmp/log-writer 2>&1 &").orThrow();
            final Socket socket = server.accept();
            bed.teardown().add(socket::close);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new GuestLog(socket);
        }
    }

    private static void copyProgram(final LabVm vm) throws IOException {
        for (final Class<?> part : new Class<?>[] {LogLine.class, LogWriter.class}) {
            final String name = part.getName().replace('.', '/') + ".class";
            try (InputStream code = GuestLog.class.getClassLoader().getResourceAsStream(name)) {
                vm.run(GuestCommand.of("mkdir -p $(dirname " + FOLDER + "/" + name + ") && cat > " + FOLDER + "/" + name).stdin(code)).orThrow();
            }
        }
    }

    public SyncReports reports() {
        return reports;
    }

    /** Appends lines and syncs them; returns when that is heard. @return {@link System#nanoTime} of that. */
    public long append(final int lines) throws IOException {
        out.println("append " + lines);
        return hear(in.readLine());
    }

    /** Seconds from here to the guest and back. */
    public double roundTripSeconds() throws IOException {
        final long start = System.nanoTime();
        out.println("ping");
        if (!"pong".equals(in.readLine())) {
            throw new IOException("the guest's writer did not answer");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** From now on so many lines are appended and synced every so many milliseconds. */
    public void run(final int lines, final long everyMillis) {
        out.println("run " + lines + " " + everyMillis);
        listener = new Thread(this::listen, "sync-reports");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try {
            for (String line = in.readLine(); line != null && !line.equals("pong"); line = in.readLine()) {
                hear(line);
            }
        } catch (final IOException e) {
            return;     // the guest went; whoever waits for its reports says so
        }
    }

    /** Whether the writer that {@link #run} started is still heard. */
    public boolean isRunning() {
        return listener != null && listener.isAlive();
    }

    /** Ends what {@link #run} began. */
    public void stop() throws InterruptedException {
        out.println("ping");
        listener.join(ANSWER_MILLIS);
        listener = null;
    }

    private long hear(final String report) throws IOException {
        final long now = System.nanoTime();
        if (report == null) {
            throw new IOException("the guest's writer went away; it said why in the guest's /tmp/log-writer");
        }
        reports.heard(Long.parseLong(report), now);
        return now;
    }

    /** The writer ends with the connection. */
    public void close() throws IOException {
        socket.close();
    }
}
