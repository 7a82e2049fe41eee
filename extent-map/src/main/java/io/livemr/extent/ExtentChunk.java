package io.livemr.extent;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A few hundred neighbouring extents of an {@link ExtentMap}: sorted, not overlapping, never empty.
 * Immutable once made, so that maps can share it.
 */
final class ExtentChunk {

    private final Extent[] extents;
    private final boolean gapless;

    ExtentChunk(final List<Extent> sorted) {
        extents = sorted.toArray(Extent[]::new);
        gapless = isGapless(extents);
    }

    private ExtentChunk(final Extent[] sorted, final boolean gapless) {
        this.extents = sorted;
        this.gapless = gapless;
    }

    /** Whether an extent past the end can be added as it is: there is room, and nothing to join. */
    boolean takes(final Extent next) {
        return extents.length < ExtentJoiner.CHUNK_LIMIT && !extents[extents.length - 1].continuesIn(next);
    }

    ExtentChunk with(final Extent next) {
        final Extent[] longer = Arrays.copyOf(extents, extents.length + 1);
        longer[extents.length] = next;
        return new ExtentChunk(longer, gapless && endBytes() == next.fileOffsetBytes());
    }

    private static boolean isGapless(final Extent[] extents) {
        for (int i = 1; i < extents.length; i++) {
            if (extents[i - 1].endBytes() != extents[i].fileOffsetBytes()) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return extents.length;
    }

    Extent get(final int index) {
        return extents[index];
    }

    long startBytes() {
        return extents[0].fileOffsetBytes();
    }

    long endBytes() {
        return extents[extents.length - 1].endBytes();
    }

    /** Where coverage that starts at the first extent ends: at the first gap, or at the chunk's end. */
    long coveredEndBytes() {
        if (gapless) {
            return endBytes();
        }
        int i = 1;
        while (extents[i - 1].endBytes() == extents[i].fileOffsetBytes()) {
            i++;
        }
        return extents[i - 1].endBytes();
    }

    /** Index of the last extent that starts at or before the offset; 0 if all start after it. */
    int floorIndex(final long offsetBytes) {
        int low = 0;
        int high = extents.length - 1;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (extents[middle].fileOffsetBytes() <= offsetBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    List<Extent> asList() {
        return Collections.unmodifiableList(Arrays.asList(extents)); // a view: List.of would copy
    }
}
