package io.livemr.simulation.disk;

import io.livemr.extent.Extent;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.Script;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A qcow2 image of one L2 table, as QEMU writes it: data goes to the file at once, the table when it is flushed, and a cluster that is freed in
 * memory is another's at once, though the table in the file may still name it. A patched QEMU keeps its layout counter odd for that long.
 *
 * <pre>
 *  cluster 0       1          2          3 …
 *          header  L1 table   L2 table   data
 * </pre>
 */
public final class Qcow2Model implements ImageModel {

    private static final int CLUSTER_BITS = 12;
    private static final int CLUSTER_BYTES = 1 << CLUSTER_BITS;
    private static final int CLUSTER_SECTORS = CLUSTER_BYTES / Extent.SECTOR_BYTES;
    private static final int L1_AT = CLUSTER_BYTES;
    private static final int L2_AT = 2 * CLUSTER_BYTES;
    private static final int FIRST_DATA = 3;
    private static final long IN_USE = 1L << 63;

    private final HostFile file;
    private final Clusters clusters;
    private final LayoutCounter layout;
    private final Script script = new Script();
    private boolean moving;

    /** @param layout what a patched QEMU counts, or {@link LayoutCounter#NONE}. */
    public Qcow2Model(final Path path, final int sectors, final LayoutCounter layout, final Chance chance) {
        final int guestClusters = sectors / CLUSTER_SECTORS;
        // Each cluster may be there twice, for a snapshot, and once more while it moves.
        final int hostClusters = FIRST_DATA + 2 * guestClusters + 4;
        this.file = new HostFile(path, (long) hostClusters * CLUSTER_BYTES);
        this.clusters = new Clusters(chance, guestClusters, FIRST_DATA, hostClusters);
        this.layout = layout;
        file.write(0, header((long) sectors * Extent.SECTOR_BYTES));
        file.write(L1_AT, ByteBuffer.allocate(Long.BYTES).putLong(0, L2_AT | IN_USE).array());
    }

    private static byte[] header(final long virtualSizeBytes) {
        return ByteBuffer.allocate(112).putInt(0, 0x514649fb).putInt(4, 3).putInt(20, CLUSTER_BITS).putLong(24, virtualSizeBytes)
                .putInt(36, 1).putLong(40, L1_AT).putInt(96, 4).putInt(100, 104).array();
    }

    @Override
    public ImageSpec spec() {
        return ImageSpec.qcow2(file.path());
    }

    @Override
    public void write(final int sector, final byte[] bytes) {
        final int guest = sector / CLUSTER_SECTORS;
        if (clusters.host(guest) == 0) {
            file.write((long) clusters.place(guest) * CLUSTER_BYTES, new byte[CLUSTER_BYTES]);
        } else if (clusters.isShared(guest)) {
            move(guest);
        }
        file.write(offsetBytes(sector), bytes);
    }

    @Override
    public byte[] read(final int sector) {
        return clusters.host(sector / CLUSTER_SECTORS) == 0
                ? new byte[Extent.SECTOR_BYTES] : file.read(offsetBytes(sector), Extent.SECTOR_BYTES);
    }

    private long offsetBytes(final int sector) {
        return (long) clusters.host(sector / CLUSTER_SECTORS) * CLUSTER_BYTES
                + (long) sector % CLUSTER_SECTORS * Extent.SECTOR_BYTES;
    }

    @Override
    public void flush() {
        for (int guest = 0; guest < clusters.size(); guest++) {
            if (clusters.differs(guest)) {
                final long entry = clusters.host(guest) == 0 ? 0 : (long) clusters.host(guest) * CLUSTER_BYTES | IN_USE;
                file.write(L2_AT + (long) guest * Long.BYTES, ByteBuffer.allocate(Long.BYTES).putLong(0, entry).array());
                clusters.written(guest);
            }
        }
        endMove();
    }

    @Override
    public void rearrange(final Chance chance) {
        final int guest = chance.below(clusters.size());
        if (clusters.host(guest) != 0 && chance.percent(60)) {
            move(guest);
            flushIfStock();
        } else if (clusters.hasSnapshot()) {
            script.then(this::deleteSnapshot);
        } else {
            flush();
            clusters.takeSnapshot();
        }
    }

    /** A stock QEMU has the table in the file before a cluster is another's; a patched one counts instead. */
    private void flushIfStock() {
        if (layout == LayoutCounter.NONE) {
            flush();
        }
    }

    private void deleteSnapshot() {
        beginMove();
        flushIfStock();
        if (clusters.hasSnapshot()) {
            clusters.deleteSnapshot();
        }
    }

    private void move(final int guest) {
        final byte[] bytes = file.read((long) clusters.host(guest) * CLUSTER_BYTES, CLUSTER_BYTES);
        beginMove();
        file.write((long) target(guest) * CLUSTER_BYTES, bytes);
    }

    /**
     * A patched QEMU counts each move. Without that a reader has the tables alone, and cannot see that a cluster went away and came back to the
     * same place within one read: a limit of mode {@code stock} (docs/guarantees.md), which is left out here.
     */
    private int target(final int guest) {
        return layout == LayoutCounter.NONE ? clusters.placeAnew(guest) : clusters.place(guest);
    }

    @Override
    public void discard(final int firstSector, final int sectors) {
        final int end = (firstSector + sectors) / CLUSTER_SECTORS;
        for (int guest = (firstSector + CLUSTER_SECTORS - 1) / CLUSTER_SECTORS; guest < end; guest++) {
            if (clusters.host(guest) != 0) {
                beginMove();
                clusters.free(guest);
            }
        }
    }

    private void beginMove() {
        if (layout != LayoutCounter.NONE && !moving) {
            moving = true;
            layout.raise();
            script.then(this::flush);
        }
    }

    private void endMove() {
        if (moving) {
            moving = false;
            layout.raise();
        }
    }

    @Override
    public void step() {
        script.step();
    }

    /** What was half done is done first: QEMU orders its writes so that the file is whole at any time, which is not what is simulated here. */
    @Override
    public void killed() {
        if (moving) {
            flush();
        }
        script.drop();
        clusters.revert();
    }

    @Override
    public void close() {
        file.close();
    }
}
