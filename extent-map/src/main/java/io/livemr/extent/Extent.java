package io.livemr.extent;

/**
 * One run of a file's bytes, and the sectors of the guest's disk that hold them.
 *
 * <p>Sectors are 512 bytes and are counted from the start of the whole virtual disk. File offset and
 * length are bytes, and always whole sectors: a file that ends inside a sector still owns all of it.
 * {@link #ZEROS} as start sector says that the bytes read as zeros and are nowhere.
 *
 * <p>Whether the run lies inside the disk is checked where the disk's size is known
 * ({@link io.livemr.extent.wire.MapRecordCodec}); here only that no sum overflows.
 * Immutable, safe to share between threads.
 */
public record Extent(long fileOffsetBytes, long startSector, long lengthBytes) {

    public static final int SECTOR_BYTES = 512;

    /** Start sector of bytes that are on no sector and read as zeros. */
    public static final long ZEROS = -1;

    public Extent {
        if (lengthBytes <= 0 || fileOffsetBytes < 0 || startSector < ZEROS
                || (lengthBytes | fileOffsetBytes) % SECTOR_BYTES != 0
                || fileOffsetBytes > Long.MAX_VALUE - lengthBytes
                || startSector > (Long.MAX_VALUE - lengthBytes) / SECTOR_BYTES) {
            throw new IllegalArgumentException("not an extent: fileOffsetBytes=" + fileOffsetBytes
                    + " startSector=" + startSector + " lengthBytes=" + lengthBytes);
        }
    }

    public static Extent zeros(final long fileOffsetBytes, final long lengthBytes) {
        return new Extent(fileOffsetBytes, ZEROS, lengthBytes);
    }

    public boolean isZeros() {
        return startSector == ZEROS;
    }

    /** First byte of the file that is no longer in this extent. */
    public long endBytes() {
        return fileOffsetBytes + lengthBytes;
    }

    /** Whether {@code next} goes on where this one ends, in the file and on the disk. */
    boolean continuesIn(final Extent next) {
        return endBytes() == next.fileOffsetBytes
                && isZeros() == next.isZeros()
                && (isZeros() || startSector + lengthBytes / SECTOR_BYTES == next.startSector);
    }

    Extent joinedWith(final Extent next) {
        return new Extent(fileOffsetBytes, startSector, lengthBytes + next.lengthBytes);
    }

    /** The part between two sector-aligned file offsets, which must not be empty. */
    Extent clippedTo(final long fromBytes, final long toBytes) {
        final long from = Math.max(fromBytes, fileOffsetBytes);
        final long to = Math.min(toBytes, endBytes());
        if (from == fileOffsetBytes && to == endBytes()) {
            return this;
        }
        return new Extent(from, sectorOf(from), to - from);
    }

    private long sectorOf(final long offsetBytes) {
        return isZeros() ? ZEROS : startSector + (offsetBytes - fileOffsetBytes) / SECTOR_BYTES;
    }
}
