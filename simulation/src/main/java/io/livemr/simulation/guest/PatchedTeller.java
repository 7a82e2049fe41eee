package io.livemr.simulation.guest;

import io.livemr.extent.Extent;
import io.livemr.extent.wire.MapRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A patched ext4: tells of announced files in records to the disk, each list answered before it goes on. */
public final class PatchedTeller implements Teller {

    private final Consumer<List<MapRecord>> disk;

    public PatchedTeller(final Consumer<List<MapRecord>> disk) {
        this.disk = disk;
    }

    @Override
    public void wrote(final GuestFile file, final List<Integer> blocks, final int lengthBytes) {
        if (file.toldEpoch != 0 && !file.revoked) {
            final List<MapRecord> records = new ArrayList<>();
            for (final int at : blocks) {
                final Extent extent = new Extent((long) at * GuestFile.BLOCK_BYTES,
                        (long) file.blocks[at] * GuestFile.BLOCK_SECTORS, GuestFile.BLOCK_BYTES);
                records.add(MapRecord.extent(file.toldAs, file.toldEpoch, 0, extent).withLength(lengthBytes));
            }
            records.add(MapRecord.extend(file.toldAs, file.toldEpoch, 0, lengthBytes));
            disk.accept(records);
        }
    }

    @Override
    public void revoke(final GuestFile file) {
        if (file.toldEpoch != 0) {
            file.revoked = true;
            disk.accept(List.of(MapRecord.revoke(file.toldAs, file.toldEpoch, 0)));
        }
    }

    @Override
    public void all(final GuestFile file, final int lengthBytes) {
        file.revoked = false;
        final List<MapRecord> records = new ArrayList<>();
        records.add(MapRecord.begin(file.toldAs, file.toldEpoch, 0));
        Ext4.extents(file, lengthBytes, false).forEach(extent -> records.add(MapRecord.extent(file.toldAs, file.toldEpoch, 0, extent)));
        records.add(MapRecord.commit(file.toldAs, file.toldEpoch, 0, lengthBytes));
        disk.accept(records);
    }
}
