package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.extent.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * G3, hostile images: valid ones with some of their metadata overwritten, a quarter of them while they are open. Allowed
 * are an answer or a checked exception; no answer may reach beyond its file, into the header or into the L1 table.
 */
class Qcow2FuzzTest {

    private static final int IMAGES = 20_000;
    private static final long DISK_BYTES = 3 << 20;

    @TempDir
    private Path folder;
    private final List<ImageSpec> specs = new ArrayList<>();
    private int answered;
    private int refused;

    @BeforeAll
    static void assumeQemu() {
        Qemu.assumePresent();
    }

    @Seeded
    void shouldNeverPointOutsideAnImageOrIntoItsTables(final Random random) throws Exception {
        makeImages(random);

        for (final ImageSpec spec : specs) {
            fuzz(spec, IMAGES / specs.size() + 1, random);
        }

        System.out.println("fuzzed images=" + IMAGES + " answered=" + answered + " refused=" + refused);
        assertThat(answered).as("mutations must not all be caught by the first check").isGreaterThan(IMAGES / 20);
        assertThat(refused).isGreaterThan(IMAGES / 20);
    }

    private void fuzz(final ImageSpec spec, final int times, final Random random) throws IOException {
        try (FileChannel file = FileChannel.open(spec.path(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final Mutation mutation = new Mutation(file, random);
            for (int i = 0; i < times; i++) {
                fuzzOnce(spec, file, mutation, random);
            }
        }
    }

    private void fuzzOnce(
            final ImageSpec spec, final FileChannel file, final Mutation mutation, final Random random)
            throws IOException {
        final boolean whileOpen = random.nextInt(4) == 0;
        if (!whileOpen) {
            mutation.apply();
        }
        try (DiskImage disk = DiskImages.open(spec, List.of(folder))) {
            final long offset = random.nextLong(DISK_BYTES / 2);
            final Translation before = whileOpen ? disk.translation(offset, DISK_BYTES / 4) : null;
            if (whileOpen) {
                mutation.apply();
                requireSameIfStillTrue(before, disk, offset);
            }
            translateSome(disk, file, spec, random);
        } catch (final IOException expected) {
            refused++;
        } finally {
            mutation.revert();
        }
    }

    /** Comparing bytes must never see less than walking the tables again. */
    private static void requireSameIfStillTrue(final Translation before, final DiskImage disk, final long offset)
            throws IOException {
        if (before.isStillTrue()) {
            assertThat(disk.translate(offset, DISK_BYTES / 4)).isEqualTo(before.ranges());
        }
    }

    private void translateSome(
            final DiskImage disk, final FileChannel top, final ImageSpec spec, final Random random)
            throws IOException {
        for (int i = 0; i < 4; i++) {
            final long length = 1 + random.nextInt(1 << 18);
            final long offset = random.nextLong(Math.max(1, disk.virtualSizeBytes() - length));
            final Translation translation = disk.translation(offset, length);
            if (!translation.isStillTrue()) {
                refused++;
                continue;
            }
            final List<HostRange> ranges = translation.ranges();
            assertThat(ranges.stream().mapToLong(HostRange::lengthBytes).sum()).isEqualTo(length);
            for (final HostRange range : ranges) {
                requireInside(range);
                requireOutsideTables(range, top, spec);
            }
            answered++;
        }
    }

    private void requireInside(final HostRange range) throws IOException {
        if (!range.isZeros()) {
            assertThat(range.path()).startsWith(folder.toRealPath());
            assertThat(range.offsetBytes()).isNotNegative();
            assertThat(range.lengthBytes()).isBetween(1L, range.file().size() - range.offsetBytes());
        }
    }

    /** From the bytes of the header, without the code under test. */
    private static void requireOutsideTables(final HostRange range, final FileChannel top, final ImageSpec spec)
            throws IOException {
        if (range.isZeros() || !range.path().equals(spec.path().toRealPath())) {
            return;
        }
        final ByteBuffer header = ByteBuffer.allocate(72);
        top.read(header, 0);
        final long l1 = header.getLong(40);
        final long l1End = l1 + header.getInt(36) * 8L;
        assertThat(range.offsetBytes()).isGreaterThanOrEqualTo(1L << header.getInt(20));
        assertThat(range.offsetBytes() < l1End && range.offsetBytes() + range.lengthBytes() > l1)
                .as("%s within L1 table %d..%d", range, l1, l1End).isFalse();
    }

    private void makeImages(final Random random) throws Exception {
        final RandomWrites writes = new RandomWrites(random, folder, DISK_BYTES);
        for (final String options : List.of("compat=0.10,cluster_size=512", "cluster_size=512", "cluster_size=4096",
                "cluster_size=65536", "extended_l2=on,cluster_size=16384", "data_file=" + folder.resolve("data"))) {
            final Path image = folder.resolve(specs.size() + ".qcow2");
            Qemu.create(image, options, DISK_BYTES);
            Qemu.io(image, "qcow2", writes.commands(20));
            specs.add(options.startsWith("data_file")
                    ? ImageSpec.qcow2(image).withDataFile(folder.resolve("data")) : ImageSpec.qcow2(image));
        }
        final ImageSpec base = specs.get(2);
        final Path overlay = folder.resolve("overlay.qcow2");
        Qemu.createOverlay(overlay, base.path(), "qcow2", DISK_BYTES * 2);
        Qemu.io(overlay, "qcow2", writes.commands(3));
        Qemu.img("snapshot", "-c", "s", overlay);
        specs.add(ImageSpec.qcow2(overlay).withBacking(base));
        for (final ImageSpec spec : specs) {
            assertThat(Files.size(spec.path())).isPositive();
        }
    }
}
