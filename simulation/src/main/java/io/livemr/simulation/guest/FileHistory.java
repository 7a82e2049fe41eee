package io.livemr.simulation.guest;

import io.livemr.extent.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The oracle: what the virtual disk has held of one file, sector by sector, and from when to when. A sector is the file's from the write that
 * reached the disk until the next one, or until its block is free. For one thread.
 */
public final class FileHistory {

    static final int NO_SECTOR = -1;
    private static final long STILL = Long.MAX_VALUE;

    /**
     * @param diskSector where, {@link #NO_SECTOR} for zeros that are nowhere.
     * @param validBytes how much of the sector was the file's; what follows is not, though it is on the disk.
     */
    private record Held(int diskSector, byte[] bytes, int validBytes, long from, long to) {

        boolean allows(final int offset, final byte[] got, final int at, final int length, final long began, final long ended) {
            return from <= ended && to >= began && offset + length <= validBytes
                    && Arrays.equals(bytes, offset, offset + length, got, at, at + length);
        }

        Held until(final long moment) {
            return to == STILL ? new Held(diskSector, bytes, validBytes, from, moment) : this;
        }
    }

    private final List<List<Held>> sectors = new ArrayList<>();
    private final BitSet holes = new BitSet();

    FileHistory(final int sectorLimit) {
        for (int i = 0; i < sectorLimit; i++) {
            sectors.add(new ArrayList<>());
        }
    }

    /** A sector of the file was written to a sector of the disk. Where else it was before, its older bytes stay until that is free. */
    void hold(final int sector, final int diskSector, final byte[] bytes, final int validBytes, final long moment) {
        release(sector, diskSector, moment);
        sectors.get(sector).add(new Held(diskSector, bytes, validBytes, moment, STILL));
    }

    /** The sector of the disk is free, or another's. */
    void release(final int sector, final int diskSector, final long moment) {
        sectors.get(sector).replaceAll(held -> held.diskSector() == diskSector ? held.until(moment) : held);
    }

    void releaseAll(final int sector, final long moment) {
        sectors.get(sector).replaceAll(held -> held.until(moment));
    }

    /** The sector reads as zeros, and may do so for as long as a reader has not heard that it was filled. */
    void hole(final int sector) {
        holes.set(sector);
    }

    /** Whether a read that took from one moment to another may have given these bytes. */
    public boolean allows(final long offsetBytes, final byte[] got, final long began, final long ended) {
        int at = 0;
        while (at < got.length) {
            final int inSector = (int) ((offsetBytes + at) % Extent.SECTOR_BYTES);
            final int length = Math.min(got.length - at, Extent.SECTOR_BYTES - inSector);
            if (!allows((int) ((offsetBytes + at) / Extent.SECTOR_BYTES), inSector, got, at, length, began, ended)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean allows(
            final int sector, final int inSector, final byte[] got, final int at, final int length, final long began, final long ended) {
        if (sector >= sectors.size()) {
            return false;
        }
        return holes.get(sector) && isZero(got, at, length)
                || sectors.get(sector).stream().anyMatch(held -> held.allows(inSector, got, at, length, began, ended));
    }

    private static boolean isZero(final byte[] bytes, final int at, final int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
