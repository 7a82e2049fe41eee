package io.livemr.simulation.guest;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.simulation.schedule.Script;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One file: what the page cache holds of it, on which blocks it is, and what of that a crash would leave. For one thread.
 */
public final class GuestFile {

    static final int BLOCK_BYTES = 1_024;
    static final int BLOCK_SECTORS = BLOCK_BYTES / Extent.SECTOR_BYTES;
    static final int BLOCK_LIMIT = 8;
    static final int LIMIT_BYTES = BLOCK_LIMIT * BLOCK_BYTES;
    static final int NOWHERE = -1;

    /** What the journal has of a file. */
    private record Saved(int[] blocks, BitSet written, int sizeBytes, boolean linked, boolean pinned, boolean granted) {
    }

    private final long path;
    private final FileId id;
    private final FileHistory history = new FileHistory(BLOCK_LIMIT * BLOCK_SECTORS);
    /** What the kernel has begun to do with it, in order. */
    final Script script = new Script();
    final byte[] pages = new byte[LIMIT_BYTES];
    final BitSet dirty = new BitSet();
    final BitSet written = new BitSet();
    final int[] blocks = new int[BLOCK_LIMIT];
    private Saved saved;
    int sizeBytes;
    /** The size that the inode on the disk would have. */
    int diskSizeBytes;
    boolean linked = true;
    boolean pinned;
    boolean granted;
    /** Epoch in which ext4 tells of it, 0: not at all. */
    long toldEpoch;
    /** Whether it was taken back, and is to be told anew before anything else is told of it. */
    boolean revoked;
    /** What ext4 or the agent calls it. */
    FileId toldAs;

    /** @param path which file it is, for ever; no other file has it. */
    GuestFile(final long path, final FileId id) {
        this.path = path;
        this.id = id;
        this.toldAs = id;
        Arrays.fill(blocks, NOWHERE);
    }

    public long path() {
        return path;
    }

    public FileId id() {
        return id;
    }

    public FileHistory history() {
        return history;
    }

    static int blocksOf(final int lengthBytes) {
        return (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    /** Whether the kernel has begun something that it has not ended. */
    boolean isBusy() {
        return !script.isIdle();
    }

    /** The kernel goes on with what it has begun. */
    public void step() {
        script.step();
    }

    void save() {
        saved = new Saved(blocks.clone(), (BitSet) written.clone(), diskSizeBytes, linked, pinned, granted);
    }

    /** The guest has crashed: the file is what the journal says, or never was. */
    void revert() {
        script.drop();
        dirty.clear();
        toldEpoch = 0;
        Arrays.fill(blocks, NOWHERE);
        written.clear();
        linked = saved != null && saved.linked();
        if (saved != null) {
            System.arraycopy(saved.blocks(), 0, blocks, 0, BLOCK_LIMIT);
            written.or(saved.written());
            pinned = saved.pinned();
            granted = saved.granted();
        }
        diskSizeBytes = saved == null ? 0 : saved.sizeBytes();
        sizeBytes = diskSizeBytes;
    }

    /** Fills bytes with what no other file, offset or version has there. */
    void paint(final int fromBytes, final int toBytes, final long version) {
        for (int offset = fromBytes; offset < toBytes; offset++) {
            final long mixed = (path * 31 + version) * 0x9E3779B97F4A7C15L + offset * 0xC2B2AE3D27D4EB4FL;
            pages[offset] = (byte) (1 + Math.floorMod(mixed ^ mixed >>> 29, 255));
        }
    }
}
