package io.livemr.extent.wire;

import io.livemr.extent.Extent;
import io.livemr.extent.ExtentMap;
import java.util.TreeMap;

/**
 * Which bytes of one file are said to be where, to the byte.
 *
 * <pre>
 *  DATA of 4 sectors at 0, length 1200:   |   512   |   512   |176      |         |
 *                                          whole     whole     in part   not covered
 * </pre>
 *
 * Extents are whole sectors, but a file that ended at byte 1,200 when a sector was written has nothing to say of the sector's rest: it
 * becomes the file's with a later write, which is told of again. So the sectors that are covered in part are kept beside the extents.
 *
 * <p>Not for two threads at once; the {@link #extents()} handed out are immutable.
 */
final class Coverage {

    private ExtentMap extents = ExtentMap.EMPTY;
    /** Offset of a sector that is covered in part → offset of its first byte that is not. */
    private final TreeMap<Long, Long> partSectors = new TreeMap<>();

    /**
     * Takes an extent in place of what it overlaps.
     *
     * @param lengthBytes the file's length as of the write: from there on the extent covers nothing. 0: it covers all of it.
     */
    void add(final Extent extent, final long lengthBytes) {
        final long start = extent.fileOffsetBytes();
        final long end = lengthBytes == 0 ? extent.endBytes() : Math.max(start, Math.min(lengthBytes, extent.endBytes()));
        final long partBytes = end % Extent.SECTOR_BYTES;
        final long sectorEnd = partBytes == 0 ? end : end - partBytes + Extent.SECTOR_BYTES;
        partSectors.subMap(start, extent.endBytes()).clear();
        if (sectorEnd > start) {
            extents = extents.with(new Extent(start, extent.startSector(), sectorEnd - start));
        }
        extents = extents.without(sectorEnd, extent.endBytes());
        if (partBytes != 0) {
            partSectors.put(end - partBytes, end);
        }
    }

    /** How many bytes from 0 on are covered, up to the first gap. */
    long coveredBytes() {
        final long whole = extents.coveredBytes();
        return partSectors.isEmpty() ? whole : Math.min(whole, partSectors.firstEntry().getValue());
    }

    ExtentMap extents() {
        return extents;
    }

    /** What is remembered: extents and sectors that are covered in part. */
    int size() {
        return extents.size() + partSectors.size();
    }
}
