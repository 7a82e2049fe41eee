package io.livemr.composer.failpoint;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file of the model guest: where its bytes are, each length that it ever had, and whether its owner took it back. Only ever gets longer. */
final class GuestFile {

    private static final int BLOCK_BYTES = 4_096;

    final FileId id;
    final List<Extent> extents = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    boolean revoked;
    boolean isDone;
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();

    GuestFile(final FileId id) {
        this.id = id;
    }

    int lengthBytes() {
        return lengths.get(lengths.size() - 1);
    }

    /** Its bytes up to one of its lengths. */
    byte[] bytes(final int lengthBytes) {
        return Arrays.copyOf(blocks.toByteArray(), lengthBytes);
    }

    /** Gives the extents that were added. */
    List<Extent> grow(final ModelDisk disk, final Random random) {
        final int lengthBytes = (lengths.isEmpty() ? 0 : lengthBytes()) + 1 + random.nextInt(3 * BLOCK_BYTES);
        final List<Extent> added = new ArrayList<>();
        while (blocks.size() < lengthBytes) {
            final long sector = disk.takeBlock();
            added.add(new Extent(blocks.size(), sector, BLOCK_BYTES));
            blocks.writeBytes(disk.bytes(sector, BLOCK_BYTES));
        }
        extents.addAll(added);
        lengths.add(lengthBytes);
        return added;
    }
}
