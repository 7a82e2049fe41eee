package io.livemr.simulation.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the host that QEMU has open for writing. */
final class HostFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    HostFile(final Path path, final long lengthBytes) {
        this.path = path;
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            write(lengthBytes - 1, new byte[1]);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    void write(final long offsetBytes, final byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes), offsetBytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(final long offsetBytes, final int lengthBytes) {
        final ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
        try {
            channel.read(bytes, offsetBytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
