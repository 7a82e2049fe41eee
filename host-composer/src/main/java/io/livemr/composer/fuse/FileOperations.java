package io.livemr.composer.fuse;

import java.nio.ByteBuffer;

/**
 * OPEN, READ and RELEASE of composed files.
 *
 * <pre>
 *  fuse_open_in     | flags 4 | open_flags 4 |
 *  fuse_read_in     | fh 8 | offset 8 | size 4 | read_flags 4 | lock_owner 8 | flags 4 | padding 4 |
 *  fuse_release_in  | fh 8 | …
 * </pre>
 *
 * <b>Nothing may enter the page cache</b>: a cached page would be served after a revoke, and no check can run then. FOPEN_DIRECT_IO
 * keeps read(2) out of it, but not a private mmap, nor sendfile and splice on kernels from 6.5 that lack the fix of May 2026 (fuse_splice_read()
 * calls filemap_splice_read(); where the reader opened with O_DIRECT, do_splice_read() goes another way). The kernel tells the two apart for us: fuse_direct_io() names the lock owner
 * (FUSE_READ_LOCKOWNER), a read that fills a page (fuse_read_folio, fuse_readahead) has none. The latter is refused with {@code EIO}.
 */
final class FileOperations {

    private static final int FOPEN_DIRECT_IO = 1;
    private static final int FUSE_READ_LOCKOWNER = 1 << 1;
    private static final int O_ACCMODE = 3;
    private static final int O_TRUNC = 0_1000;

    private final Names names;
    private final HandleTable<OpenFile> handles;
    private final FuseMetrics metrics;

    FileOperations(final Names names, final FuseSettings settings, final FuseMetrics metrics) {
        this.names = names;
        this.handles = new HandleTable<>(settings.maxHandles());
        this.metrics = metrics;
    }

    void open(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        if ((request.bodyInt(0) & (O_ACCMODE | O_TRUNC)) != 0) {
            throw new FuseErrorException(Errno.EROFS, "opened for writing");
        }
        final OpenFile file = names.open(request.nodeId());
        file.probe();
        Replies.opened(out, handles.open(file), FOPEN_DIRECT_IO);
    }

    void read(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final OpenFile file = handles.find(request.bodyLong(0));
        final int sizeBytes = request.bodyInt(16);
        if (sizeBytes < 0 || sizeBytes > out.capacity()) {
            throw new FuseErrorException(Errno.EINVAL, "read sizeBytes=" + sizeBytes);
        }
        refuseCached(request.bodyInt(20));
        file.read(out.limit(sizeBytes), request.bodyLong(8));
    }

    private void refuseCached(final int readFlags) throws FuseErrorException {
        if ((readFlags & FUSE_READ_LOCKOWNER) == 0) {
            metrics.cachedReadRefused();
            throw new FuseErrorException(Errno.EIO, "read would fill the page cache");
        }
    }

    void release(final FuseRequest request) throws FuseErrorException {
        handles.release(request.bodyLong(0));
    }

    /** The file that an OPEN or READ is about, or null when it is about none and will fail. */
    String fileOf(final FuseRequest request) {
        try {
            return request.opcode() == FuseOpcode.READ
                ? handles.find(request.bodyLong(0)).file().name()
                : names.open(request.nodeId()).file().name();
        } catch (final FuseErrorException e) {
            return null;
        }
    }

    int openHandles() {
        return handles.size();
    }
}
