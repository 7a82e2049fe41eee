package io.livemr.simulation.guest;

import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.simulation.disk.ImageModel;
import io.livemr.simulation.schedule.Chance;
import io.livemr.simulation.schedule.SimulatedTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** The guest's file system: which block is whose, in memory and in the journal. For one thread. */
public final class FileSystem {

    static final UUID UUID_OF_IT = new UUID(0x11CE, 0xF5);
    private static final int INODES = 5;

    private final ImageModel image;
    private final Chance chance;
    private final SimulatedTime time;
    private final BitSet used = new BitSet();
    private final int blockLimit;
    private final List<GuestFile> files = new ArrayList<>();
    private int lastFreed;
    private long nextPath = 1;

    public FileSystem(final ImageModel image, final int sectors, final Chance chance, final SimulatedTime time) {
        this.image = image;
        this.blockLimit = sectors / GuestFile.BLOCK_SECTORS;
        this.chance = chance;
        this.time = time;
    }

    /** All that are linked. */
    public List<GuestFile> files() {
        return files.stream().filter(file -> file.linked).toList();
    }

    /** Those for which the kernel has begun something. */
    public List<GuestFile> busy() {
        return files.stream().filter(GuestFile::isBusy).toList();
    }

    GuestFile find(final FileId id) {
        return files().stream().filter(file -> file.id().equals(id)).findFirst().orElse(null);
    }

    GuestFile findInode(final long inode) {
        return files().stream().filter(file -> file.id().inode() == inode).findFirst().orElse(null);
    }

    /** A new file on a free inode, under a generation that this inode never had; null if there is no free inode. */
    public GuestFile create() {
        final int inode = chance.between(1, INODES);
        // An inode is free when the file is unlinked and all that was begun for it is done.
        if (files.stream().anyMatch(file -> file.id().inode() == inode && (file.linked || file.isBusy()))) {
            return null;
        }
        final GuestFile file = new GuestFile(nextPath, new FileId(UUID_OF_IT, inode, nextPath));
        nextPath++;
        files.add(file);
        return file;
    }

    /** A free block, now used, often the one that was freed last; {@link GuestFile#NOWHERE} if the disk is full. */
    int allocate() {
        int block = used.nextClearBit(chance.percent(50) ? lastFreed : chance.below(blockLimit));
        if (block >= blockLimit) {
            block = used.nextClearBit(0);
        }
        if (block >= blockLimit) {
            return GuestFile.NOWHERE;
        }
        used.set(block);
        return block;
    }

    /** Sends one block of a file's pages to the disk, of a file that is so long. */
    void write(final GuestFile file, final int at, final int lengthBytes) {
        for (int i = 0; i < GuestFile.BLOCK_SECTORS; i++) {
            final int sector = at * GuestFile.BLOCK_SECTORS + i;
            final byte[] bytes = new byte[Extent.SECTOR_BYTES];
            System.arraycopy(file.pages, sector * Extent.SECTOR_BYTES, bytes, 0, bytes.length);
            final int diskSector = file.blocks[at] * GuestFile.BLOCK_SECTORS + i;
            image.write(diskSector, bytes);
            file.history().hold(sector, diskSector, bytes, validBytes(sector, lengthBytes), time.moment());
        }
    }

    private static int validBytes(final int sector, final int lengthBytes) {
        return Math.max(0, Math.min(Extent.SECTOR_BYTES, lengthBytes - sector * Extent.SECTOR_BYTES));
    }

    /** Blocks of a file are free from now on, and what they hold is nobody's. */
    void release(final GuestFile file, final int at, final int block) {
        for (int i = 0; i < GuestFile.BLOCK_SECTORS; i++) {
            file.history().release(at * GuestFile.BLOCK_SECTORS + i, block * GuestFile.BLOCK_SECTORS + i, time.moment());
        }
        used.clear(block);
        lastFreed = block;
    }

    void discardFree(final int firstBlock, final int blocks) {
        if (used.get(firstBlock, firstBlock + blocks).isEmpty()) {
            image.discard(firstBlock * GuestFile.BLOCK_SECTORS, blocks * GuestFile.BLOCK_SECTORS);
        }
    }

    /** The journal's commit: all that was changed is on the disk. */
    void commit() {
        image.flush();
        files.forEach(GuestFile::save);
    }

    /** The guest stops, and starts with what the journal has. */
    public void crash() {
        used.clear();
        for (final GuestFile file : files) {
            file.revert();
            for (int at = 0; at < GuestFile.BLOCK_LIMIT; at++) {
                recover(file, at);
            }
        }
        files.removeIf(file -> !file.linked);
    }

    private void recover(final GuestFile file, final int at) {
        final int block = file.blocks[at];
        if (block != GuestFile.NOWHERE) {
            used.set(block);
        }
        for (int i = 0; i < GuestFile.BLOCK_SECTORS; i++) {
            final int sector = at * GuestFile.BLOCK_SECTORS + i;
            recoverSector(file, sector, block == GuestFile.NOWHERE || !file.written.get(at) ? FileHistory.NO_SECTOR : block * GuestFile.BLOCK_SECTORS + i);
        }
    }

    private void recoverSector(final GuestFile file, final int sector, final int diskSector) {
        final int validBytes = validBytes(sector, file.diskSizeBytes);
        final byte[] bytes = diskSector < 0 ? new byte[Extent.SECTOR_BYTES] : image.read(diskSector);
        System.arraycopy(bytes, 0, file.pages, sector * Extent.SECTOR_BYTES, validBytes);
        Arrays.fill(file.pages, sector * Extent.SECTOR_BYTES + validBytes, (sector + 1) * Extent.SECTOR_BYTES, (byte) 0);
        file.history().releaseAll(sector, time.moment());
        if (validBytes > 0) {
            file.history().hold(sector, diskSector, bytes, validBytes, time.moment());
        }
    }
}
