package io.livemr.control.driver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a driver is to run, and all that it will see of its environment. Its jar and configuration follow on the same connection.
 *
 * <pre>
 *   texts   int count, then for each int length, UTF-8     the command; then names and values of the environment, in turn
 *   file    long length, bytes                             the jar; then mapred-site.xml
 * </pre>
 *
 * Big-endian. Who sends is the panel: systemd lets nobody else connect.
 */
record DriverRequest(List<String> command, Map<String, String> environment) {

    private static final int LIMIT_BYTES = 1 << 20;
    private static final int LIMIT_TEXTS = 10_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    void send(final DataOutputStream out) throws IOException {
        sendTexts(out, command);
        final List<String> pairs = new ArrayList<>();
        environment.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        sendTexts(out, pairs);
    }

    static DriverRequest receive(final DataInputStream in) throws IOException {
        final List<String> command = receiveTexts(in);
        final List<String> pairs = receiveTexts(in);
        final Map<String, String> environment = new TreeMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            environment.put(pairs.get(i), pairs.get(i + 1));
        }
        return new DriverRequest(command, environment);
    }

    static void sendFile(final DataOutputStream out, final Path file) throws IOException {
        out.writeLong(Files.size(file));
        Files.copy(file, out);
    }

    static void receiveFile(final DataInputStream in, final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            final byte[] buffer = new byte[BUFFER_BYTES];
            for (long left = in.readLong(); left > 0;) {
                final int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("file=" + file.getFileName() + " ends early, missingBytes=" + left);
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static void sendTexts(final DataOutputStream out, final List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (final String text : texts) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static List<String> receiveTexts(final DataInputStream in) throws IOException {
        final List<String> texts = new ArrayList<>();
        for (int left = withinLimit(in.readInt(), LIMIT_TEXTS); left > 0; left--) {
            final byte[] bytes = new byte[withinLimit(in.readInt(), LIMIT_BYTES)];
            in.readFully(bytes);
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static int withinLimit(final int count, final int limit) throws IOException {
        if (count < 0 || count > limit) {
            throw new IOException("count=" + count + " limit=" + limit);
        }
        return count;
    }
}
