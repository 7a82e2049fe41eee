package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Whole qcow2 images: {@code scripts/fuzz.sh} mutates them, led by coverage; else what lies in the resources is tried. */
class Qcow2ImageFuzzTest {

    private static final long LOOK_BYTES = 1 << 20;

    @TempDir
    private static Path folder;

    @FuzzTest
    void shouldNeverPointOutsideTheImage(final byte[] bytes) throws IOException {
        final Path path = Files.write(folder.resolve("image.qcow2"), bytes);
        try (DiskImage disk = DiskImages.open(new ImageSpec(path, ImageSpec.Format.QCOW2, null, null), List.of(folder))) {
            final long lengthBytes = Math.min(LOOK_BYTES, disk.virtualSizeBytes());
            disk.translate(0, lengthBytes).forEach(range -> requireInside(range, bytes.length));
            disk.translate(disk.virtualSizeBytes() - lengthBytes, lengthBytes).forEach(range -> requireInside(range, bytes.length));
        } catch (final IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static void requireInside(final HostRange range, final int imageBytes) {
        if (!range.isZeros()) {
            assertThat(range.offsetBytes()).isBetween(0L, (long) imageBytes);
            assertThat(range.lengthBytes()).isBetween(1L, imageBytes - range.offsetBytes());
        }
    }
}
