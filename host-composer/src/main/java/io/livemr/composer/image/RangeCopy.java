package io.livemr.composer.image;

import io.livemr.extent.DiskRange;
import io.livemr.extent.ExtentMap;
import io.livemr.extent.UncoveredRangeException;
import io.livemr.extent.qcow2.HostRange;
import io.livemr.extent.qcow2.Translation;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One try at copying a range of a file out of an image, and the question whether it was true. For one thread. */
final class RangeCopy {

    /** Where zeros are copied from, so that a hole costs no system call and no loop over bytes. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 * 1024).asReadOnlyBuffer();

    private static final Translation HOLE = new Translation(List.of(), () -> true);

    private final List<DiskRange> guestRanges;
    private final List<Translation> translations;

    RangeCopy(final GuestDisk disk, final ExtentMap extents, final long offsetBytes, final int lengthBytes)
            throws UncoveredRangeException, IOException {
        this.guestRanges = extents.translateBytes(offsetBytes, lengthBytes);
        this.translations = new ArrayList<>(guestRanges.size());
        for (final DiskRange range : guestRanges) {
            translations.add(range.isZeros() ? HOLE : disk.translate(range.diskOffsetBytes(), range.lengthBytes()));
        }
    }

    /** Leaves the destination's position wherever an exception left it. */
    void readInto(final ByteBuffer destination) throws IOException {
        for (int i = 0; i < translations.size(); i++) {
            if (guestRanges.get(i).isZeros()) {
                fillZeros(destination, guestRanges.get(i).lengthBytes());
            }
            for (final HostRange range : translations.get(i).ranges()) {
                read(range, destination);
            }
        }
    }

    boolean stillTrue() throws IOException {
        for (final Translation translation : translations) {
            if (!translation.isStillTrue()) {
                return false;
            }
        }
        return true;
    }

    private static void read(final HostRange range, final ByteBuffer destination) throws IOException {
        if (range.file() == null) {
            fillZeros(destination, range.lengthBytes());
            return;
        }
        final int limit = destination.limit();
        try {
            destination.limit(destination.position() + Math.toIntExact(range.lengthBytes()));
            long offset = range.offsetBytes();
            while (destination.hasRemaining()) {
                final int count = range.file().read(destination, offset);
                if (count < 0) {
                    throw new EOFException("image ends early: file=" + range.path() + " offsetBytes=" + offset);
                }
                offset += count;
            }
        } finally {
            destination.limit(limit);
        }
    }

    private static void fillZeros(final ByteBuffer destination, final long lengthBytes) {
        for (long left = lengthBytes; left > 0; ) {
            final int count = (int) Math.min(left, ZEROS.capacity());
            destination.put(ZEROS.duplicate().limit(count));
            left -= count;
        }
    }
}
