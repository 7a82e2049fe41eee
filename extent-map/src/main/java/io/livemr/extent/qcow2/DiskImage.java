package io.livemr.extent.qcow2;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A guest's disk on the host: one image file, or a chain of them.
 *
 * <p>The image is live. What {@link #translation} answers was true while it ran, and may be false a moment later:
 * a reader translates, reads, and uses the bytes only if the translation is {@linkplain Translation#isStillTrue still
 * true} then. QEMU keeps new qcow2 tables in its memory until the guest
 * flushes; before that, a translation is as of the last flush.
 *
 * <p>Safe to share between threads. Do not interrupt a thread that is inside: the JDK would close the image's
 * channel under all others.
 */
public interface DiskImage extends Closeable {

    /** Size of the guest's disk in bytes, as of the last look at the image. */
    long virtualSizeBytes();

    /**
     * Where a range of the guest's disk is now; a fresh look at each call.
     *
     * @throws ImageException           if the image says something that cannot be trusted or is not supported.
     * @throws java.io.EOFException     if the range reaches past the end of the disk.
     */
    Translation translation(long offsetBytes, long lengthBytes) throws IOException;

    /** Whether a byte of the disk never changes its place: so in a raw image. */
    default boolean keepsOffsets() {
        return false;
    }

    /** The ranges of {@link #translation}, for who does not ask again. */
    default List<HostRange> translate(final long offsetBytes, final long lengthBytes) throws IOException {
        return translation(offsetBytes, lengthBytes).ranges();
    }
}
