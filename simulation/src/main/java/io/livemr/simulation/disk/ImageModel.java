package io.livemr.simulation.disk;

import io.livemr.extent.qcow2.ImageSpec;
import io.livemr.simulation.schedule.Chance;

/**
 * An image file as QEMU writes it. Failing to write to it is a failure of the simulation, hence no checked exceptions. For one thread.
 */
public interface ImageModel extends AutoCloseable {

    ImageSpec spec();

    /** Writes one sector of the virtual disk. */
    void write(int sector, byte[] bytes);

    /** What the virtual disk holds, whatever the tables in the file say. */
    byte[] read(int sector);

    /** The guest's flush: the tables in the file are those of QEMU's memory. */
    void flush();

    /** Begins to move, free or share clusters, whatever the seed says; nothing for an image that has none. */
    void rearrange(Chance chance);

    /** A run of blocks holds nothing of the guest's any more. */
    void discard(int firstSector, int sectors);

    /** Goes on with what was begun. */
    void step();

    /** QEMU is killed: what was in its memory alone is lost. */
    void killed();

    @Override
    void close();
}
