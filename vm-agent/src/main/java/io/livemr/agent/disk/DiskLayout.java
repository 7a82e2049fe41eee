package io.livemr.agent.disk;

import io.livemr.extent.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file system's block device lies on one whole virtual disk.
 *
 * <p>Immutable; two layouts are equal exactly if every sector is in the same place.
 */
public record DiskLayout(DiskIdentity disk, List<LinearRun> runs) {

    public DiskLayout {
        runs = List.copyOf(runs);
    }

    static DiskLayout whole(final DiskIdentity disk) {
        return new DiskLayout(disk, List.of(new LinearRun(0, disk.sectors(), 0)));
    }

    /**
     * The extents, on the whole disk, of a run of a file that lies at a byte of the file system's device.
     *
     * @throws IllegalStateException if part of it is not on the disk: then the file system is larger than its device.
     */
    public List<Extent> extents(final long fileOffsetBytes, final long deviceBytes, final long lengthBytes) {
        final long first = deviceBytes / Extent.SECTOR_BYTES;
        final long count = lengthBytes / Extent.SECTOR_BYTES;
        final List<Extent> found = new ArrayList<>(1);
        for (final LinearRun run : clipped(first, count)) {
            found.add(new Extent(
                    fileOffsetBytes + (run.startSector() - first) * Extent.SECTOR_BYTES,
                    run.targetSector(), run.sectors() * Extent.SECTOR_BYTES));
        }
        return found;
    }

    /** A layout for a device that is {@code runs} on top of the device that has this layout. */
    DiskLayout under(final List<LinearRun> upper) {
        final List<LinearRun> stacked = new ArrayList<>();
        for (final LinearRun run : upper) {
            for (final LinearRun lower : clipped(run.targetSector(), run.sectors())) {
                stacked.add(new LinearRun(
                        run.startSector() + lower.startSector() - run.targetSector(),
                        lower.sectors(), lower.targetSector()));
            }
        }
        return new DiskLayout(disk, stacked);
    }

    private List<LinearRun> clipped(final long first, final long count) {
        final List<LinearRun> found = new ArrayList<>(1);
        long sectors = 0;
        for (final LinearRun run : runs) {
            final long from = Math.max(first, run.startSector());
            final long to = Math.min(first + count, run.endSector());
            if (from < to) {
                found.add(new LinearRun(from, to - from, run.targetSector() + from - run.startSector()));
                sectors += to - from;
            }
        }
        if (sectors != count) {
            throw new IllegalStateException("beyond the device: sector=" + first + " count=" + count + " found=" + sectors);
        }
        return found;
    }
}
