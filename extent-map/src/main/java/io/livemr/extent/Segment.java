package io.livemr.extent;

import java.util.Objects;

/**
 * One run of a composed file: bytes of a guest's disk, from a sector on, or zeros.
 *
 * <p>Sectors, not image offsets: the image's layout may change under a sector that stays
 * (docs/protocol.md, section 4). {@code disk} is the host's name for the disk, never the guest's.
 * The last segment of a source may end inside a sector. Immutable, safe to share between threads.
 */
public record Segment(String disk, long startSector, long lengthBytes) {

    public Segment {
        Objects.requireNonNull(disk, "disk");
        if (startSector < Extent.ZEROS || lengthBytes <= 0) {
            throw new IllegalArgumentException("not a segment: disk=" + disk
                    + " startSector=" + startSector + " lengthBytes=" + lengthBytes);
        }
    }

    public boolean isZeros() {
        return startSector == Extent.ZEROS;
    }
}
