package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** A few words of a qcow2 image's header, L1 or L2 tables overwritten, and later put back. */
final class Mutation {

    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

    private final FileChannel file;
    private final Random random;
    private final ByteBuffer original;
    private final long fileBytes;
    private final int clusterBytes;
    private final Deque<Long> touched = new ArrayDeque<>();

    Mutation(final FileChannel file, final Random random) throws IOException {
        this.file = file;
        this.random = random;
        this.fileBytes = file.size();
        this.original = ByteBuffer.allocate((int) fileBytes);
        file.read(original, 0);
        this.clusterBytes = 1 << original.getInt(20);
    }

    void apply() throws IOException {
        final int words = 1 + random.nextInt(3);
        for (int i = 0; i < words; i++) {
            overwrite();
        }
        if (random.nextInt(60) == 0) {
            file.truncate(random.nextLong(fileBytes));
        }
    }

    void revert() throws IOException {
        if (file.size() < fileBytes) {
            file.write(original.duplicate().rewind(), 0);
            touched.clear();
        }
        while (!touched.isEmpty()) {
            final int offset = (int) (long) touched.pop();
            file.write(original.slice(offset, (int) Math.min(Long.BYTES, fileBytes - offset)), offset);
        }
    }

    private void overwrite() throws IOException {
        final long l1 = original.getLong(40);
        final int l1Entry = random.nextInt(original.getInt(36));
        final long l2 = original.getLong((int) l1 + 8 * l1Entry) & OFFSET;
        switch (random.nextInt(8)) {
            case 0 -> put(random.nextInt(112), 1, random.nextLong());
            case 1 -> put(4 * random.nextInt(28), 4, word());
            case 2 -> put(random.nextInt(Math.min(512, clusterBytes)), 1, random.nextLong());
            case 3 -> put(l1 + 8L * l1Entry, 8, entry());
            default -> put((l2 == 0 ? l1 : l2) + 8L * random.nextInt(clusterBytes / 8), 8, entry());
        }
    }

    /** Mostly plausible: a cluster of the file, the first past it, a table, with or without flags. */
    private long entry() {
        final long offset = switch (random.nextInt(6)) {
            case 0 -> original.getLong(40);
            case 1 -> 0;
            case 2 -> fileBytes / clusterBytes * clusterBytes;
            case 3 -> word();
            default -> random.nextLong(fileBytes / clusterBytes) * clusterBytes;
        };
        final long flags = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> 1L << 62;
            case 3 -> 1L << random.nextInt(64);
            default -> 1L << 63;
        };
        return offset | flags;
    }

    private long word() {
        return random.nextLong() >> random.nextInt(64);
    }

    private void put(final long offset, final int bytes, final long value) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(8).putLong(0, value).position(8 - bytes);
        if (offset <= fileBytes - bytes) {
            file.write(word, offset);
            touched.push(offset);
        }
    }
}
