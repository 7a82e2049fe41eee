package io.livemr.hdfs.link;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * One link as a read-only channel whose position 0 is the block's first byte and whose size is the block's length.
 *
 * <p>{@link #transferTo} copies through a buffer with {@code pread} and does not hand the file to {@code sendfile}:
 * the kernel serves splice on FUSE through the page cache even where the file is opened for direct I/O
 * (filemap_splice_read), and a page kept from before a revoke or a growth would be a wrong byte.
 *
 * <p>What a socket did not take is kept for the next call and dropped with the channel ({@link ReadAhead}). For one thread.
 */
final class LinkChannel extends FileChannel {

    private final ComposedMount mount;
    private final Link link;
    private final FileChannel file;
    private final ReadAhead ahead;
    private long position;

    LinkChannel(ComposedMount mount, Link link, long position) throws IOException {
        this.mount = mount;
        this.link = link;
        this.position = position;
        this.file = mount.open(link.fileId());
        this.ahead = new ReadAhead(this::read, link.lengthBytes());
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        final int count = read(dst, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer dst, long from) throws IOException {
        final int wanted = (int) Math.min(dst.remaining(), link.lengthBytes() - from);
        if (wanted <= 0) {
            return dst.hasRemaining() ? -1 : 0;
        }
        final ByteBuffer bounded = dst.slice().limit(wanted);
        final int count = pread(bounded, from);
        dst.position(dst.position() + count);
        return count;
    }

    private int pread(ByteBuffer dst, long from) throws IOException {
        final int count;
        try {
            count = file.read(dst, link.offset() + from);
        } catch (ClosedChannelException e) {
            throw e;   // closed under us, or this thread was interrupted: not the file's fault
        } catch (IOException e) {
            throw mount.unreadable(link.fileId(), e);
        }
        if (count <= 0) {
            throw mount.unreadable(link.fileId(), new EOFException("it ends inside the link " + link));
        }
        return count;
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        if (count <= 0 || from >= link.lengthBytes()) {
            return 0;
        }
        final ByteBuffer buffer = ahead.from(from, count);
        final int end = buffer.limit();
        buffer.limit((int) Math.min(end, buffer.position() + count));
        try {
            return target.write(buffer);
        } finally {
            buffer.limit(end);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return link.lengthBytes();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        ahead.close();
        file.close();
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return offset < dsts.length && length > 0 ? read(dsts[offset]) : 0;
    }

    @Override
    public int write(ByteBuffer src) {
        throw readOnly();
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) {
        throw readOnly();
    }

    @Override
    public int write(ByteBuffer src, long at) {
        throw readOnly();
    }

    @Override
    public FileChannel truncate(long size) {
        throw readOnly();
    }

    @Override
    public void force(boolean metaData) {
        throw readOnly();
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long at, long count) {
        throw readOnly();
    }

    /** A map would show pages as they were when first touched, whatever happened to the grant since. */
    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException("a link cannot be mapped: " + link);
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        throw readOnly();
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        throw readOnly();
    }

    private UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a link is read-only: " + link);
    }
}
