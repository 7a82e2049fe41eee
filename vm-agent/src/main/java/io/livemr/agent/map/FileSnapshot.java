package io.livemr.agent.map;

import io.livemr.extent.Extent;
import java.util.List;

/**
 * Where a file's bytes were from one offset up to its length, all of them on the virtual disk.
 *
 * @param fromBytes sector-aligned; below it nothing was looked at
 */
public record FileSnapshot(long fromBytes, long lengthBytes, List<Extent> extents) {

    /** First byte after the sector that holds the last byte. */
    public long endBytes() {
        return sectorEnd(lengthBytes);
    }

    static long sectorEnd(final long bytes) {
        return (bytes + Extent.SECTOR_BYTES - 1) / Extent.SECTOR_BYTES * Extent.SECTOR_BYTES;
    }
}
