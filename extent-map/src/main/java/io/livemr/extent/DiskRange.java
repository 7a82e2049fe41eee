package io.livemr.extent;

/**
 * Bytes of a file and where they start on the guest's disk, to the byte: what a reader asks for, where an
 * {@link Extent} is what a guest announces.
 *
 * <p>{@code diskOffsetBytes} counts from the start of the whole virtual disk, or is {@link Extent#ZEROS}.
 * Immutable, safe to share between threads.
 */
public record DiskRange(long fileOffsetBytes, long diskOffsetBytes, long lengthBytes) {

    public boolean isZeros() {
        return diskOffsetBytes == Extent.ZEROS;
    }

    /** The part of an extent that lies between two file offsets, which must not be empty. */
    static DiskRange of(final Extent extent, final long fromBytes, final long toBytes) {
        final long from = Math.max(fromBytes, extent.fileOffsetBytes());
        final long to = Math.min(toBytes, extent.endBytes());
        final long disk = extent.isZeros()
                ? Extent.ZEROS
                : extent.startSector() * Extent.SECTOR_BYTES + (from - extent.fileOffsetBytes());
        return new DiskRange(from, disk, to - from);
    }
}
