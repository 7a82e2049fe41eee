package io.livemr.simulation.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page in which a patched QEMU counts: docs/protocol.md, section 9. Written with plain writes, which a mapping sees. */
public final class CounterPage implements LayoutCounter, AutoCloseable {

    private static final int PAGE_BYTES = 4_096;
    private static final int LAYOUT_AT = 8;
    private static final int REVOCATIONS_AT = 16;

    private final Path path;
    private HostFile file;
    private long layout;
    private long revocations;

    public CounterPage(final Path path) {
        this.path = path;
        begin();
    }

    /** QEMU starts: the page is made anew, and whoever has mapped the old one can tell. */
    public void renew() {
        // The old file is kept open until the new one is there, so that its inode is not used again.
        final HostFile old = file;
        try {
            Files.delete(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        begin();
        old.close();
    }

    private void begin() {
        file = new HostFile(path, PAGE_BYTES);
        layout = 0;
        revocations = 0;
        file.write(0, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder())
                .put("LMRG".getBytes(StandardCharsets.US_ASCII)).putInt(1).array());
    }

    public Path path() {
        return path;
    }

    @Override
    public void raise() {
        put(LAYOUT_AT, ++layout);
    }

    public void revoke() {
        put(REVOCATIONS_AT, ++revocations);
    }

    public long revocations() {
        return revocations;
    }

    private void put(final int offset, final long value) {
        file.write(offset, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, value).array());
    }

    @Override
    public void close() {
        file.close();
    }
}
