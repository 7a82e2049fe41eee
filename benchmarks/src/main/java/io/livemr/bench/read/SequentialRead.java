package io.livemr.bench.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads something from its first byte to its last, so many MiB at a time, into one buffer. */
enum SequentialRead {

    /** As much as Linux before 6.13 asks FUSE for at a time. */
    ONE_MIB(1),
    /** As much as the composer lets itself be asked for at a time. */
    FOUR_MIB(4);

    private final int bufferBytes;

    SequentialRead(final int mebibytes) {
        bufferBytes = mebibytes << 20;
    }

    /** A pread. */
    @FunctionalInterface
    interface Source {
        int read(ByteBuffer destination, long offsetBytes) throws IOException;
    }

    /** Throughput in MB/s (10⁶ bytes). */
    double megabytesPerSecond(final Source source, final long lengthBytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        final long start = System.nanoTime();
        for (long offset = 0; offset < lengthBytes;) {
            offset += next(source, buffer, offset);
        }
        return lengthBytes * 1_000.0 / (System.nanoTime() - start);
    }

    long checksum(final Source source, final long lengthBytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        final CRC32C checksum = new CRC32C();
        for (long offset = 0; offset < lengthBytes;) {
            offset += next(source, buffer, offset);
            checksum.update(buffer.flip());
        }
        return checksum.getValue();
    }

    private static int next(final Source source, final ByteBuffer buffer, final long offset) throws IOException {
        final int count = source.read(buffer.clear(), offset);
        if (count <= 0) {
            throw new IOException("file ends early at " + offset);
        }
        return count;
    }
}
