package io.livemr.composer.failpoint;

import io.livemr.composer.FakeWriter;
import io.livemr.composer.Rig;
import io.livemr.extent.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** The guest's disk: random bytes that nobody changes but where a file's blocks were freed; those become another file's. */
final class ModelDisk implements AutoCloseable {

    static final long SECTORS = 32L << 11;      // 32 MiB
    private static final int BLOCK_SECTORS = 8;

    private final Path image;
    private final byte[] painted;
    private final Deque<Long> free = new ArrayDeque<>();
    private final FakeWriter qemu;

    ModelDisk(final Path image, final Random random) throws IOException {
        this.image = image;
        this.painted = Rig.paint(image, (int) SECTORS * Extent.SECTOR_BYTES, random.nextLong());
        final List<Long> blocks = new ArrayList<>();
        for (long sector = 0; sector < SECTORS; sector += BLOCK_SECTORS) {
            blocks.add(sector);
        }
        Collections.shuffle(blocks, random);
        free.addAll(blocks);
        qemu = new FakeWriter(image);
    }

    Path image() {
        return image;
    }

    /** First sector of a block that no file has. */
    long takeBlock() {
        return free.remove();
    }

    byte[] bytes(final long sector, final int lengthBytes) {
        final int from = (int) sector * Extent.SECTOR_BYTES;
        return Arrays.copyOfRange(painted, from, from + lengthBytes);
    }

    /** Another file has the blocks now, and was written to. */
    void reuse(final List<Extent> extents) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            for (final Extent extent : extents) {
                final byte[] canary = new byte[(int) extent.lengthBytes()];
                Arrays.fill(canary, (byte) 0xEE);
                channel.write(ByteBuffer.wrap(canary), extent.startSector() * Extent.SECTOR_BYTES);
            }
        }
    }

    @Override
    public void close() {
        qemu.close();
    }
}
