package io.livemr.simulation.guest;

import io.livemr.extent.Extent;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.PlantedBug;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the guest's kernel does to files, in the steps in which it does it. Changes of the page cache happen at once; all else is a script of the
 * file, one after the other, as the inode's lock and the waits for writeback make it. For one thread.
 */
public final class Ext4 {

    private final FileSystem files;
    private final Teller teller;
    private final Chance chance;
    private final Set<PlantedBug> bugs;
    private long version;

    public Ext4(final FileSystem files, final Teller teller, final Chance chance, final Set<PlantedBug> bugs) {
        this.files = files;
        this.teller = teller;
        this.chance = chance;
        this.bugs = bugs;
    }

    // ---- at once

    public void append(final GuestFile file) {
        final int to = Math.min(GuestFile.LIMIT_BYTES, file.sizeBytes + chance.between(1, 1_500));
        put(file, file.sizeBytes, to);
        file.sizeBytes = to;
    }

    public void overwrite(final GuestFile file) {
        if (!file.pinned && file.sizeBytes > 0) {
            final int from = chance.below(file.sizeBytes);
            put(file, from, chance.between(from + 1, file.sizeBytes));
        }
    }

    private void put(final GuestFile file, final int fromBytes, final int toBytes) {
        file.paint(fromBytes, toBytes, ++version);
        if (toBytes > fromBytes) {
            file.dirty.set(fromBytes / GuestFile.BLOCK_BYTES, GuestFile.blocksOf(toBytes));
        }
    }

    // ---- in steps

    /** Writeback of what is dirty now. */
    public void writeBack(final GuestFile file) {
        final int[] lockedBytes = new int[1];
        final List<Integer> sent = new ArrayList<>();
        file.script.then(() -> allocate(file))
                .then(() -> {
                    lockedBytes[0] = file.sizeBytes;
                    sent.addAll(send(file));
                })
                .then(() -> completed(file, sent, lockedBytes[0]));
    }

    void allocate(final GuestFile file) {
        for (int at = file.dirty.nextSetBit(0); at >= 0; at = file.dirty.nextSetBit(at + 1)) {
            if (file.blocks[at] == GuestFile.NOWHERE) {
                file.blocks[at] = files.allocate();
            }
        }
        if (bugs.contains(PlantedBug.ANNOUNCED_AT_ALLOCATION)) {
            teller.wrote(file, mapped(file), file.sizeBytes);
        }
    }

    private static List<Integer> mapped(final GuestFile file) {
        final List<Integer> mapped = new ArrayList<>();
        for (int at = 0; at < GuestFile.blocksOf(file.sizeBytes); at++) {
            if (file.blocks[at] != GuestFile.NOWHERE) {
                mapped.add(at);
            }
        }
        return mapped;
    }

    /** Gives what was sent to the disk. What found no block stays dirty: the disk is full. */
    private List<Integer> send(final GuestFile file) {
        final List<Integer> sent = mapped(file);
        sent.removeIf(at -> !file.dirty.get(at));
        for (final int at : sent) {
            files.write(file, at, file.sizeBytes);
            file.dirty.clear(at);
        }
        return sent;
    }

    private void completed(final GuestFile file, final List<Integer> sent, final int lockedBytes) {
        sent.forEach(file.written::set);
        file.diskSizeBytes = Math.max(file.diskSizeBytes, writtenBytes(file, lockedBytes));
        if (!sent.isEmpty()) {
            teller.wrote(file, sent, bugs.contains(PlantedBug.LENGTH_OF_NOW) ? file.sizeBytes : lockedBytes);
        }
    }

    /** How much of a length is on the disk without a gap. */
    private static int writtenBytes(final GuestFile file, final int lengthBytes) {
        for (int at = 0; at < GuestFile.blocksOf(lengthBytes); at++) {
            if (file.dirty.get(at) && file.blocks[at] == GuestFile.NOWHERE) {
                return Math.min(lengthBytes, at * GuestFile.BLOCK_BYTES);
            }
        }
        return lengthBytes;
    }

    public void truncate(final GuestFile file) {
        change(file, gone -> cut(file, chance.below(file.sizeBytes + 1), gone));
    }

    public void punch(final GuestFile file) {
        change(file, gone -> {
            final int blocks = GuestFile.blocksOf(file.sizeBytes);
            if (blocks > 0) {
                final int at = chance.below(blocks);
                takeOut(file, at, gone);
                for (int i = 0; i < GuestFile.BLOCK_SECTORS; i++) {
                    file.history().hole(at * GuestFile.BLOCK_SECTORS + i);
                }
            }
        });
    }

    public void unlink(final GuestFile file) {
        change(file, gone -> {
            file.linked = false;
            cut(file, 0, gone);
        });
    }

    /** Something that takes blocks from a file. */
    private interface Cut {
        void from(Map<Integer, Integer> gone);
    }

    /**
     * The map is taken back, then the blocks are taken out, then that is committed, then they are free, then what is left is told anew. An
     * append-only file is refused.
     */
    private void change(final GuestFile file, final Cut cut) {
        final Map<Integer, Integer> gone = new TreeMap<>();
        final boolean late = bugs.contains(PlantedBug.REVOKED_AFTER_FREE);
        file.script.then(() -> revokeUnless(late, file))
                .then(() -> {
                    if (!file.pinned) {
                        cut.from(gone);
                    }
                })
                .then(files::commit)
                .then(() -> free(file, gone))
                .then(() -> revokeUnless(!late, file))
                .then(() -> announce(file));
    }

    private void revokeUnless(final boolean notNow, final GuestFile file) {
        if (!notNow) {
            teller.revoke(file);
        }
    }

    private void free(final GuestFile file, final Map<Integer, Integer> gone) {
        gone.forEach((at, block) -> files.release(file, at, block));
        for (final int block : gone.values()) {
            if (chance.percent(60)) {
                files.discardFree(block / 4 * 4, 4);
            }
        }
    }

    private static void cut(final GuestFile file, final int lengthBytes, final Map<Integer, Integer> gone) {
        for (int at = GuestFile.blocksOf(lengthBytes); at < GuestFile.BLOCK_LIMIT; at++) {
            takeOut(file, at, gone);
        }
        Arrays.fill(file.pages, lengthBytes, GuestFile.LIMIT_BYTES, (byte) 0);
        if (lengthBytes % GuestFile.BLOCK_BYTES != 0) {
            file.dirty.set(lengthBytes / GuestFile.BLOCK_BYTES);
        }
        file.sizeBytes = lengthBytes;
        file.diskSizeBytes = Math.min(file.diskSizeBytes, lengthBytes);
    }

    private static void takeOut(final GuestFile file, final int at, final Map<Integer, Integer> gone) {
        if (file.blocks[at] != GuestFile.NOWHERE) {
            gone.put(at, file.blocks[at]);
        }
        file.blocks[at] = GuestFile.NOWHERE;
        file.written.clear(at);
        file.dirty.clear(at);
        Arrays.fill(file.pages, at * GuestFile.BLOCK_BYTES, (at + 1) * GuestFile.BLOCK_BYTES, (byte) 0);
    }

    /** Moves a block of a file, as a defragmenter does: the bytes go to another block first. */
    public void move(final GuestFile file) {
        change(file, gone -> exchange(file, chance.below(GuestFile.BLOCK_LIMIT), gone));
    }

    private void exchange(final GuestFile file, final int at, final Map<Integer, Integer> gone) {
        final int target = file.written.get(at) ? files.allocate() : GuestFile.NOWHERE;
        if (target != GuestFile.NOWHERE) {
            gone.put(at, file.blocks[at]);
            file.blocks[at] = target;
            files.write(file, at, file.sizeBytes);
            file.dirty.clear(at);
        }
    }

    /** All of a granted file, as it is now, under the inode's lock. */
    void announce(final GuestFile file) {
        if (file.toldEpoch != 0 && file.linked) {
            allocate(file);
            completed(file, send(file), file.sizeBytes);
            teller.all(file, file.diskSizeBytes);
        }
    }

    /** Tells of the file no more. */
    void withdraw(final GuestFile file) {
        teller.revoke(file);
        file.toldEpoch = 0;
    }

    void commit() {
        files.commit();
    }

    /** Which bytes of a file are where, as FIEMAP says it, up to a length. */
    static List<Extent> extents(final GuestFile file, final int lengthBytes, final boolean withUnwritten) {
        final List<Extent> extents = new ArrayList<>();
        for (int at = 0; at < GuestFile.blocksOf(lengthBytes); at++) {
            final long offsetBytes = (long) at * GuestFile.BLOCK_BYTES;
            final boolean isData = file.blocks[at] != GuestFile.NOWHERE && (withUnwritten || file.written.get(at));
            extents.add(isData
                    ? new Extent(offsetBytes, (long) file.blocks[at] * GuestFile.BLOCK_SECTORS, GuestFile.BLOCK_BYTES)
                    : Extent.zeros(offsetBytes, GuestFile.BLOCK_BYTES));
        }
        return extents;
    }
}
