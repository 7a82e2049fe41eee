package io.livemr.composer.image;

import io.livemr.extent.qcow2.Translation;
import java.io.IOException;

/**
 * One disk of a running VM, opened as the domain definition of one epoch says. Safe to share between threads; closing it
 * makes reads that are under way fail, never answer wrongly.
 */
public interface GuestDisk extends AutoCloseable {

    /** Size of the virtual disk in 512-byte sectors. */
    long sectors();

    /** Name in the domain definition. */
    String target();

    /** Where bytes of the virtual disk are now, and whether they are there still; a fresh look at each call. */
    Translation translate(long offsetBytes, long lengthBytes) throws IOException;

    /** Whether a sector never changes its place in the image: so in a raw one. */
    default boolean keepsOffsets() {
        return false;
    }

    /** Whether QEMU still writes to this very image: not so after a snapshot, a pivot, a migration, or when it is gone. */
    boolean isWritten();

    @Override
    void close();
}
