package io.livemr.composer.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingIT extends MountedTest {

    private static final int MIB = 1 << 20;

    @Test
    void shouldReadEveryByteOfAFile() throws IOException {
        final MemoryFile file = files.add(3 * MIB + 17);

        assertThat(Files.readAllBytes(path(file))).isEqualTo(file.bytes());
    }

    /** Each request is one round of guards, so there should be few. */
    @Test
    void shouldBeAskedForAsMuchAtATimeAsTheKernelCan() throws IOException {
        final MemoryFile file = files.add(9 * MIB + 17);
        final ByteBuffer all = ByteBuffer.allocateDirect(10 * MIB);

        try (FileChannel channel = FileChannel.open(path(file))) {
            channel.read(all);
        }

        assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(file.bytes()));
        assertThat(file.mostReadBytes()).isEqualTo(RequestPages.raised() * FuseReply.PAGE_BYTES).isGreaterThanOrEqualTo(MIB);
    }

    @Test
    void shouldReadAnEmptyFile() throws IOException {
        assertThat(Files.readAllBytes(path(files.add(0)))).isEmpty();
    }

    @Test
    void shouldReadFromTheViewsOffsetOn() throws IOException {
        final MemoryFile file = files.add(2 * MIB);

        assertThat(Files.size(view(4_097, file))).isEqualTo(2 * MIB - 4_097);
        assertThat(Files.readAllBytes(view(4_097, file))).isEqualTo(Arrays.copyOfRange(file.bytes(), 4_097, 2 * MIB));
    }

    @Test
    void shouldShowGrowthToAnOpenReaderAtOnce() throws IOException {
        final MemoryFile file = files.add(10_000).growTo(4_000);

        try (FileChannel channel = FileChannel.open(path(file)); FileChannel view = FileChannel.open(view(3_000, file))) {
            assertThat(channel.size()).isEqualTo(4_000);
            file.growTo(9_999);

            assertThat(channel.size()).isEqualTo(9_999);
            assertThat(view.size()).isEqualTo(6_999);
            assertThat(view.read(ByteBuffer.allocate(10_000), 0)).isEqualTo(6_999);
        }
    }

    @Test
    void shouldGiveRightBytesToParallelReadersOfAGrowingFile() throws Exception {
        final MemoryFile file = files.add(8 * MIB).growTo(0);
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final var readers = IntStream.range(0, 4).mapToObj(i -> random.nextLong()).map(seed -> threads.submit(reader(file, seed))).toList();
            for (final Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Random preads, some past the end, of the file and of views; each is compared with the bytes in memory. The file grows under all readers. */
    private Callable<Integer> reader(final MemoryFile file, final long seed) {
        return () -> {
            final Random mine = new Random(seed);
            int compared = 0;
            for (int round = 0; round < 1_500; round++) {
                file.growBy(mine.nextInt(2_800));
                final int start = mine.nextInt((int) file.lengthBytes() + 1);
                final Path path = mine.nextInt(4) == 0 ? view(start, file) : path(file);
                final int shift = path.equals(path(file)) ? 0 : start;
                compared += compareSome(file, path, shift, mine);
            }
            return compared;
        };
    }

    private static int compareSome(final MemoryFile file, final Path path, final int shift, final Random mine) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            final int offset = mine.nextInt(8 * MIB + 1);
            final long lengthBefore = file.lengthBytes();
            final ByteBuffer buffer = ByteBuffer.allocateDirect(1 + mine.nextInt(300_000));
            final int count = channel.read(buffer, offset);

            final long readable = Math.max(0, Math.min(buffer.capacity(), lengthBefore - shift - offset));
            assertThat(Math.max(0, count)).isGreaterThanOrEqualTo((int) readable).isEqualTo(buffer.position());
            final ByteBuffer expected = ByteBuffer.wrap(file.bytes(), Math.min(8 * MIB, shift + offset), Math.max(0, count));
            assertThat(buffer.flip().equals(expected)).as("offset=%d shift=%d count=%d", offset, shift, count).isTrue();
            return Math.max(0, count);
        }
    }
}
