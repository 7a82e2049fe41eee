package io.livemr.extent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.extent.DiskRange;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A file system that tells of its writes as they complete, in any order, against the plainest oracle there is: one byte, and one flag
 * "was written", for each byte of the file. Whatever the disk holds besides is painted with a canary.
 */
class OutOfOrderWritesTest {

    private static final FileId FILE = new FileId(new UUID(1, 2), 12, 34);
    private static final int BLOCK_BYTES = 1_024;
    private static final int FILE_BLOCKS = 64;
    private static final int DISK_BLOCKS = 4 * FILE_BLOCKS;
    private static final byte CANARY = (byte) 0xEE;

    /** One block on its way to the disk: what it holds, and how long the file was when it was sent. */
    private record Write(int block, byte[] bytes, int fileLength) {
    }

    private final FileMapAssembler assembler = new FileMapAssembler(1 << 20);
    private final byte[] disk = new byte[DISK_BLOCKS * BLOCK_BYTES];
    private final byte[] memory = new byte[FILE_BLOCKS * BLOCK_BYTES];
    private final byte[] durable = new byte[memory.length];
    private final boolean[] written = new boolean[memory.length];
    private final int[] placeOf = new int[FILE_BLOCKS];
    private final List<Write> underway = new ArrayList<>();
    private int length;
    private int shown;

    @Seeded
    void shouldAlwaysShowACorrectPrefixWithoutAGap(final Random random) throws Exception {
        Arrays.fill(disk, CANARY);
        place(random);
        announce();
        int grown = 0;
        for (int step = 0; step < 4_000; step++) {
            switch (random.nextInt(20)) {
                case 0 -> truncate(random);
                case 1 -> move(random);
                case 2, 3, 4 -> append(random);
                case 5 -> overwrite(random);
                case 6, 7, 8, 9, 10 -> send(random.nextInt(FILE_BLOCKS));
                case 11 -> extend(random.nextInt(length + 1));
                case 12 -> extend(length);
                default -> complete(random);
            }
            grown += shown > 0 ? 1 : 0;
            check();
        }
        assertThat(grown).as("the file must be shown for most of the time").isGreaterThan(1_000);
    }

    private void place(final Random random) {
        final List<Integer> places = new ArrayList<>();
        for (int i = 0; i < DISK_BLOCKS; i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        for (int block = 0; block < FILE_BLOCKS; block++) {
            placeOf[block] = places.get(block);
        }
    }

    private void append(final Random random) {
        final int to = Math.min(memory.length, length + 1 + random.nextInt(3 * BLOCK_BYTES));
        for (int i = length; i < to; i++) {
            memory[i] = colour(random);
        }
        length = to;
    }

    private void overwrite(final Random random) {
        if (length > 0) {
            memory[random.nextInt(length)] = colour(random);
        }
    }

    private static byte colour(final Random random) {
        return (byte) random.nextInt(100);
    }

    /** One write of a block is under way at most, as with a page under writeback. */
    private void send(final int block) {
        if (block * BLOCK_BYTES < length && underway.stream().noneMatch(write -> write.block() == block)) {
            underway.add(new Write(block,
                    Arrays.copyOfRange(memory, block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES), length));
        }
    }

    private void complete(final Random random) throws Exception {
        if (!underway.isEmpty()) {
            complete(underway.remove(random.nextInt(underway.size())));
        }
    }

    private void complete(final Write write) throws Exception {
        final int start = write.block() * BLOCK_BYTES;
        final int end = Math.min(start + BLOCK_BYTES, write.fileLength());
        System.arraycopy(write.bytes(), 0, disk, placeOf[write.block()] * BLOCK_BYTES, end - start);
        System.arraycopy(write.bytes(), 0, durable, start, end - start);
        Arrays.fill(written, start, end, true);
        assembler.accept(data(write.block(), write.fileLength()));
    }

    private MapRecord data(final int block, final int fileLength) {
        final long sector = (long) placeOf[block] * BLOCK_BYTES / Extent.SECTOR_BYTES;
        return MapRecord.extent(FILE, 1, 0, new Extent((long) block * BLOCK_BYTES, sector, BLOCK_BYTES))
                .withLength(fileLength);
    }

    private void extend(final int toLength) throws Exception {
        assembler.accept(MapRecord.extend(FILE, 1, 0, toLength));
        shown = Math.max(shown, Math.min(toLength, prefix()));
    }

    private int prefix() {
        int end = 0;
        while (end < written.length && written[end]) {
            end++;
        }
        return end;
    }

    private void truncate(final Random random) throws Exception {
        finishWrites();
        assembler.accept(MapRecord.revoke(FILE, 1, 0));
        assertThat(assembler.committed()).isEmpty();
        length = random.nextInt(length + 1);
        Arrays.fill(written, length, written.length, false);
        for (int block = (length + BLOCK_BYTES - 1) / BLOCK_BYTES; block < FILE_BLOCKS; block++) {
            paint(block);
        }
        announce();
    }

    /** A defragmenter: all blocks go elsewhere, and what they leave is somebody else's. */
    private void move(final Random random) throws Exception {
        finishWrites();
        assembler.accept(MapRecord.revoke(FILE, 1, 0));
        for (int block = 0; block < FILE_BLOCKS; block++) {
            paint(block);
        }
        place(random);
        for (int i = 0; i < durable.length; i++) {
            if (written[i]) {
                disk[placeOf[i / BLOCK_BYTES] * BLOCK_BYTES + i % BLOCK_BYTES] = durable[i];
            }
        }
        announce();
    }

    private void paint(final int block) {
        Arrays.fill(disk, placeOf[block] * BLOCK_BYTES, (placeOf[block] + 1) * BLOCK_BYTES, CANARY);
    }

    private void finishWrites() throws Exception {
        for (int block = 0; block < FILE_BLOCKS; block++) {
            send(block);
        }
        for (final Write write : underway) {
            complete(write);
        }
        underway.clear();
    }

    private void announce() throws Exception {
        assembler.accept(MapRecord.begin(FILE, 1, 0));
        assembler.accept(MapRecord.extend(FILE, 1, 0, length));
        final int onDisk = prefix();
        for (int block = 0; block * BLOCK_BYTES < onDisk; block++) {
            assembler.accept(data(block, onDisk));
            assembler.accept(MapRecord.extend(FILE, 1, 0, onDisk));
            assertThat(assembler.committed()).as("an announcement shows nothing before its end").isEmpty();
        }
        assembler.accept(MapRecord.commit(FILE, 1, 0, onDisk));
        shown = onDisk;
    }

    private void check() throws Exception {
        final CommittedMap map = assembler.committed().orElseThrow();
        assertThat(map.lengthBytes()).isEqualTo(shown);
        for (final DiskRange range : map.extents().translateBytes(0, shown)) {
            final int at = Math.toIntExact(range.diskOffsetBytes());
            final int from = Math.toIntExact(range.fileOffsetBytes());
            final int count = Math.toIntExact(range.lengthBytes());
            assertThat(Arrays.mismatch(disk, at, at + count, durable, from, from + count)).as("at %d", from).isEqualTo(-1);
        }
    }
}
