package io.livemr.bench.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Ours: the composed file, opened anew for each read. */
final class ComposedReader implements LiveReader {

    private final Path file;

    ComposedReader(final Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "composed file";
    }

    @Override
    public void prepare() {
        // The owner has said yes already.
    }

    @Override
    public Reading open() throws IOException {
        final InputStream in = Channels.newInputStream(FileChannel.open(file));
        return new Reading() {
            @Override
            public InputStream stream() {
                return in;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
