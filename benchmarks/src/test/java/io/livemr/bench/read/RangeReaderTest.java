package io.livemr.bench.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeReaderTest {

    private static final int LENGTH = 16 * 4_096;

    @TempDir
    Path folder;

    @Test
    void shouldReadScrambledRangesInTheOrderOfTheFile() throws IOException {
        final Path file = folder.resolve("file");
        LocalRanges.fill(file, LENGTH);
        final byte[] bytes = Files.readAllBytes(file);
        final ByteBuffer all = ByteBuffer.allocate(LENGTH + 1);

        try (RangeReader reader = new RangeReader(LocalRanges.of(file, LENGTH))) {
            assertThat(reader.read(all, 0)).isEqualTo(LENGTH);
        }

        final ByteBuffer expected = ByteBuffer.allocate(LENGTH);
        LocalRanges.of(file, LENGTH).forEach(range -> expected.put(bytes, (int) range.imageOffsetBytes(), (int) range.lengthBytes()));
        assertThat(Arrays.copyOf(all.array(), LENGTH)).isEqualTo(expected.array()).isNotEqualTo(bytes);
    }

    @Test
    void shouldReadZerosWhereThereIsNoImage() throws IOException {
        final Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3, 4});
        final List<Range> ranges = List.of(new Range(0, file, 2, 2), new Range(2, null, 0, 2), new Range(4, file, 0, 1));
        final ByteBuffer buffer = ByteBuffer.allocate(3);

        try (RangeReader reader = new RangeReader(ranges)) {
            assertThat(reader.read(buffer, 1)).isEqualTo(3);
            assertThat(reader.read(ByteBuffer.allocate(3), 5)).isZero();
        }

        assertThat(buffer.array()).containsExactly(4, 0, 0);
    }

    @Test
    void shouldRefuseAGap() {
        assertThatThrownBy(() -> new RangeReader(List.of(new Range(1, null, 0, 1)))).hasMessageContaining("gap at 0");
    }

    @Test
    void shouldSayWhenASourceEndsEarly() {
        assertThatThrownBy(() -> SequentialRead.ONE_MIB.checksum((buffer, offset) -> 0, 1)).hasMessageContaining("ends early at 0");
    }
}
