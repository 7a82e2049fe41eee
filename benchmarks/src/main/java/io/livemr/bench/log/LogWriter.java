package io.livemr.bench.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs in the guest: appends lines and syncs them, as it is told, and says so at once. Arguments: file, host, port. The conversation is
 * lines over TCP, which goes a shorter way than ssh:
 *
 * <pre>
 *   host                            guest
 *   append LINES                    LENGTH            after the fsync
 *   run LINES MILLIS                LENGTH …          a line for each fsync, every MILLIS, until the next line from the host
 *   ping                            pong
 * </pre>
 *
 * {@code LENGTH} is the file's length in bytes, all of it synced. Ends when the host goes. One thread.
 */
public final class LogWriter {

    /** A whole number of lines. */
    private static final int BUFFER_BYTES = 1 << 20;

    private final LogLine line = new LogLine();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final FileChannel file;
    private final BufferedReader in;
    private final PrintStream out;
    private long lines;

    private LogWriter(final FileChannel file, final Socket host) throws IOException {
        this.file = file;
        this.in = new BufferedReader(new InputStreamReader(host.getInputStream()));
        this.out = new PrintStream(host.getOutputStream(), true);
        this.lines = file.size() / LogLine.BYTES;
    }

    public static void main(final String[] args) throws Exception {
        try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Socket host = new Socket(args[1], Integer.parseInt(args[2]))) {
            host.setTcpNoDelay(true);
            new LogWriter(file, host).obey();
        }
    }

    private void obey() throws Exception {
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            final String[] words = command.split(" ");
            switch (words[0]) {
                case "append" -> append(Integer.parseInt(words[1]));
                case "run" -> run(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case "ping" -> out.println("pong");
                default -> throw new IOException("what is '" + command + "'?");
            }
        }
    }

    private void append(final int count) throws IOException {
        for (int left = count; left > 0;) {
            final int now = Math.min(left, BUFFER_BYTES / LogLine.BYTES);
            write(now);
            left -= now;
        }
        file.force(false);
        out.println(lines * LogLine.BYTES);
    }

    private void write(final int count) throws IOException {
        buffer.clear();
        for (int i = 0; i < count; i++) {
            line.put(lines++, buffer.array(), i * LogLine.BYTES);
        }
        buffer.limit(count * LogLine.BYTES);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** At fixed times, not after fixed pauses: a slow fsync does not lower the rate. */
    private void run(final int count, final long everyMillis) throws Exception {
        long next = System.nanoTime();
        while (!in.ready()) {
            append(count);
            next += everyMillis * 1_000_000;
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
    }
}
