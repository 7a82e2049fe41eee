package io.livemr.control.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes output to a file until a limit, then reads on and drops, so that the process never waits for a reader. The last line says that it
 * was cut. For one thread.
 */
final class BoundedLog implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final OutputStream file;
    private final long limitBytes;
    private long lengthBytes;
    private boolean cut;

    BoundedLog(final Path path, final long limitBytes) throws IOException {
        this.file = Files.newOutputStream(path);
        this.limitBytes = limitBytes;
    }

    void copy(final InputStream output) throws IOException {
        final byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
            write(buffer, n);
        }
    }

    void line(final String text) throws IOException {
        final byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, bytes.length);
    }

    private synchronized void write(final byte[] bytes, final int count) throws IOException {
        final int room = (int) Math.min(count, limitBytes - lengthBytes);
        file.write(bytes, 0, room);
        lengthBytes += room;
        if (room < count && !cut) {
            cut = true;
            file.write(("\n[livemr: the log ends here, limitBytes=" + limitBytes + "]\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
