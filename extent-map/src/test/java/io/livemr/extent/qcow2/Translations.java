package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Reads through translations, and compares them with what QEMU says. */
final class Translations {

    private Translations() {
    }

    static byte[] read(final DiskImage image, final long offset, final int length) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(length);
        for (final HostRange range : image.translate(offset, length)) {
            final int end = bytes.position() + (int) range.lengthBytes();
            if (!range.isZeros()) {
                final int got = range.file().read(bytes.duplicate().limit(end), range.offsetBytes());
                assertThat(got).as("range within the file: %s", range).isEqualTo((int) range.lengthBytes());
            }
            bytes.position(end);
        }
        assertThat(bytes.hasRemaining()).as("translation is as long as asked for").isFalse();
        return bytes.array();
    }

    static void assertReadsAs(final byte[] expected, final DiskImage image, final Random random) throws IOException {
        assertThat(image.virtualSizeBytes()).isEqualTo(expected.length);
        assertThat(read(image, 0, expected.length)).isEqualTo(expected);
        for (int i = 0; i < 50; i++) {
            final int length = 1 + random.nextInt(random.nextBoolean() ? 3_000 : expected.length);
            final int offset = random.nextInt(expected.length - length + 1);
            assertThat(read(image, offset, length)).as("offset=%d length=%d", offset, length)
                    .isEqualTo(Arrays.copyOfRange(expected, offset, offset + length));
        }
    }

    /**
     * Every data range of QEMU's is ours, in the same file at the same place; every other one is zeros or, where QEMU
     * found a hole in the file, that place.
     *
     * @param files the file that holds the clusters, for each depth of the chain.
     */
    static void assertEqualsMap(final List<Qemu.MapEntry> map, final DiskImage image, final List<Path> files)
            throws IOException {
        for (final Qemu.MapEntry entry : map) {
            final List<HostRange> ours = image.translate(entry.start(), entry.length());
            if (entry.data()) {
                assertThat(ours).as("%s", entry).containsExactly(
                        new HostRange(null, files.get(entry.depth()).toRealPath(), entry.offset(), entry.length()));
            } else {
                assertThat(entry.zero()).isTrue();
                assertThat(ours).as("%s", entry).allMatch(range -> range.isZeros() || entry.offset() >= 0);
            }
        }
    }
}
