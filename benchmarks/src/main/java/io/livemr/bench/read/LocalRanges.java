package io.livemr.bench.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file of random bytes and sixteen equal ranges of it in another order, always the same. */
final class LocalRanges {

    private static final int COUNT = 16;
    private static final int SEED = 16;
    private static final int CHUNK_BYTES = 1 << 20;

    private LocalRanges() {
    }

    static void fill(final Path file, final long lengthBytes) throws IOException {
        final Random random = new Random(SEED);
        final byte[] chunk = new byte[CHUNK_BYTES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (channel.position() < lengthBytes) {
                random.nextBytes(chunk);
                channel.write(ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK_BYTES, lengthBytes - channel.position())));
            }
        }
    }

    static List<Range> of(final Path file, final long lengthBytes) {
        final long part = lengthBytes / COUNT;
        final List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            // 7 and 16 have no common divisor: every part comes once, and none after the one before it.
            ranges.add(new Range(i * part, file, (i * 7 + 3) % COUNT * part, part));
        }
        return ranges;
    }
}
