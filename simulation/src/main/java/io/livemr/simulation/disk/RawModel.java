package io.livemr.simulation.disk;

import io.livemr.extent.Extent;
import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.simulation.schedule.Chance;
import java.nio.file.Path;

/** A raw image: nothing ever moves, nothing waits in memory. */
public final class RawModel implements ImageModel {

    private final HostFile file;

    public RawModel(final Path path, final int sectors) {
        this.file = new HostFile(path, (long) sectors * Extent.SECTOR_BYTES);
    }

    @Override
    public ImageSpec spec() {
        return ImageSpec.raw(file.path());
    }

    @Override
    public void write(final int sector, final byte[] bytes) {
        file.write((long) sector * Extent.SECTOR_BYTES, bytes);
    }

    @Override
    public byte[] read(final int sector) {
        return file.read((long) sector * Extent.SECTOR_BYTES, Extent.SECTOR_BYTES);
    }

    @Override
    public void flush() {
    }

    @Override
    public void rearrange(final Chance chance) {
    }

    @Override
    public void discard(final int firstSector, final int sectors) {
    }

    @Override
    public void step() {
    }

    @Override
    public void killed() {
    }

    @Override
    public void close() {
        file.close();
    }
}
