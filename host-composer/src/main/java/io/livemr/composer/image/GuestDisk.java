package io.livemr.composer.image;

import io.livemr.extent.qcow2.HostRange;
import java.io.IOException;
import java.util.List;

/**
 * One disk of a running VM, opened as the domain definition of one epoch says. Safe to share between threads; closing it
 * makes reads that are under way fail, never answer wrongly.
 */
public interface GuestDisk extends AutoCloseable {

    /** Size of the virtual disk in 512-byte sectors. */
    long sectors();

    /** Name in the domain definition. */
    String target();

    /** Where bytes of the virtual disk are now; a fresh look-up at each call. */
    List<HostRange> translate(long offsetBytes, long lengthBytes) throws IOException;

    /** Equal to an earlier answer only if the image's layout as a whole was not changed since. */
    Object layoutFingerprint() throws IOException;

    /**
     * An answer {@link #layoutFingerprint} gave before: taken at the start of a read and equal to a fresh one at its end, it says as much as
     * two fresh ones, for half the price.
     */
    default Object lastLayout() throws IOException {
        return layoutFingerprint();
    }

    /** Whether QEMU still writes to this very image: not so after a snapshot, a pivot, a migration, or when it is gone. */
    boolean isWritten();

    @Override
    void close();
}
