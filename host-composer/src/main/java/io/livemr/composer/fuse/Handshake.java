package io.livemr.composer.fuse;

import java.nio.ByteBuffer;

/**
 * INIT, the first request: kernel and server agree on version, size of requests and features.
 *
 * <pre>
 *  fuse_init_in   | major 4 | minor 4 | max_readahead 4 | flags 4 | flags2 4 | 11 × 4 unused |   the last two since 7.36
 *  fuse_init_out  | major 4 | minor 4 | max_readahead 4 | flags 4 | max_background 2 | congestion_threshold 2 | max_write 4
 *                 | time_gran 4 | max_pages 2 | map_alignment 2 | flags2 4 | 7 × 4 unused |
 * </pre>
 *
 * What is not asked for matters as much: no page cache features, no FUSE_DIRECT_IO_ALLOW_MMAP (a shared mmap of a file opened with
 * FOPEN_DIRECT_IO is then refused by fuse_file_mmap with ENODEV), no readahead.
 */
final class Handshake {

    static final int MAJOR = 7;

    /** Version of the header this was written from; each side speaks the lower of the two. */
    static final int MINOR = 38;

    /** Linux 4.20: max_pages. Older kernels would send requests of 128 KiB, but have not been tried. */
    private static final int OLDEST_MINOR = 28;

    private static final int PARALLEL_DIROPS = 1 << 18;
    private static final int MAX_PAGES = 1 << 22;

    private static final short MAX_BACKGROUND = 64;
    private static final short CONGESTION_THRESHOLD = 48;
    private static final int MAX_WRITE_BYTES = 4096;
    private static final int UNUSED_BYTES = 28;

    private Handshake() {
    }

    static void answer(final FuseRequest request, final ByteBuffer out) throws FuseErrorException {
        final int major = request.bodyInt(0);
        final int minor = request.bodyInt(4);
        if (major < MAJOR || major == MAJOR && minor < OLDEST_MINOR) {
            throw new FuseErrorException(Errno.EPROTO, "kernel too old fuse=" + major + "." + minor + "; needs Linux 4.20");
        }
        // A kernel with a higher major asks again in ours, once it has seen this answer.
        final int flags = (PARALLEL_DIROPS | MAX_PAGES) & request.bodyInt(12);
        out.putInt(MAJOR).putInt(MINOR).putInt(0).putInt(flags).putShort(MAX_BACKGROUND).putShort(CONGESTION_THRESHOLD);
        out.putInt(MAX_WRITE_BYTES).putInt(1).putShort((short) (out.capacity() / FuseReply.PAGE_BYTES)).putShort((short) 0);
        out.putInt(0).put(new byte[UNUSED_BYTES]);
    }
}
