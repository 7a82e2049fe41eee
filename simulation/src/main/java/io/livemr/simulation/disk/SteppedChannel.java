package io.livemr.simulation.disk;

import io.livemr.extent.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file of which one {@code pread} gives at most the rest of a sector, and before and after which anything may happen. */
final class SteppedChannel extends FileChannel {

    private final FileChannel file;
    private final Runnable pause;

    SteppedChannel(final FileChannel file, final Runnable pause) {
        this.file = file;
        this.pause = pause;
    }

    @Override
    public int read(final ByteBuffer target, final long offsetBytes) throws IOException {
        pause.run();
        final int limit = target.limit();
        final int count = (int) Math.min(target.remaining(), Extent.SECTOR_BYTES - offsetBytes % Extent.SECTOR_BYTES);
        try {
            return file.read(target.limit(target.position() + count), offsetBytes);
        } finally {
            target.limit(limit);
            pause.run();
        }
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    // ---- what a reader of ranges has no use for

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("only positional reads");
    }

    @Override
    public int read(final ByteBuffer target) {
        throw unused();
    }

    @Override
    public long read(final ByteBuffer[] targets, final int offset, final int length) {
        throw unused();
    }

    @Override
    public int write(final ByteBuffer source) {
        throw unused();
    }

    @Override
    public long write(final ByteBuffer[] sources, final int offset, final int length) {
        throw unused();
    }

    @Override
    public int write(final ByteBuffer source, final long offsetBytes) {
        throw unused();
    }

    @Override
    public long position() {
        throw unused();
    }

    @Override
    public FileChannel position(final long offsetBytes) {
        throw unused();
    }

    @Override
    public FileChannel truncate(final long lengthBytes) {
        throw unused();
    }

    @Override
    public void force(final boolean metaData) {
        throw unused();
    }

    @Override
    public long transferTo(final long offsetBytes, final long lengthBytes, final WritableByteChannel target) {
        throw unused();
    }

    @Override
    public long transferFrom(final ReadableByteChannel source, final long offsetBytes, final long lengthBytes) {
        throw unused();
    }

    @Override
    public MappedByteBuffer map(final MapMode mode, final long offsetBytes, final long lengthBytes) {
        throw unused();
    }

    @Override
    public FileLock lock(final long offsetBytes, final long lengthBytes, final boolean shared) {
        throw unused();
    }

    @Override
    public FileLock tryLock(final long offsetBytes, final long lengthBytes, final boolean shared) {
        throw unused();
    }
}
