package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.extent.SeededExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G3, valid images: equal to {@code qemu-img map}, and byte for byte to {@code qemu-img convert}. */
@ExtendWith(SeededExtension.class)
class Qcow2OracleTest {

    /** Not a multiple of the larger clusters. */
    private static final long DISK_BYTES = (9 << 20) + 5 * 512;

    @TempDir
    private Path folder;
    private Random random;
    private Path image;
    private RandomWrites writes;

    @BeforeAll
    static void assumeQemu() {
        Qemu.assumePresent();
    }

    @BeforeEach
    void prepare(final Random seeded) throws Exception {
        random = seeded;
        image = folder.resolve("disk.qcow2");
        writes = new RandomWrites(random, folder, DISK_BYTES);
    }

    static Stream<String> layouts() {
        final List<String> layouts = new ArrayList<>();
        IntStream.rangeClosed(9, 21).mapToObj(bits -> "cluster_size=" + (1 << bits))
                .forEach(size -> layouts.addAll(List.of("compat=0.10," + size, "compat=1.1," + size)));
        IntStream.rangeClosed(14, 21).forEach(bits -> layouts.add("extended_l2=on,cluster_size=" + (1 << bits)));
        layouts.addAll(List.of("refcount_bits=1", "refcount_bits=64,lazy_refcounts=on", "preallocation=metadata",
                "preallocation=full", "compression_type=zstd"));
        return layouts.stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void shouldTranslateEveryLayout(final String options) throws Exception {
        Qemu.create(image, options, DISK_BYTES);
        Qemu.io(image, "qcow2", writes.commands(40));

        assertEqualsQemu(ImageSpec.qcow2(image), image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster_size=65536", "compat=0.10,cluster_size=4096", "extended_l2=on"})
    void shouldTranslateTheActiveLayerOfAnImageWithSnapshots(final String options) throws Exception {
        Qemu.create(image, options, DISK_BYTES);
        for (int i = 0; i < 3; i++) {
            Qemu.io(image, "qcow2", writes.commands(12));
            Qemu.img("snapshot", "-c", "s" + i, image);
        }
        Qemu.io(image, "qcow2", writes.commands(12));

        assertEqualsQemu(ImageSpec.qcow2(image), image);
    }

    @ParameterizedTest
    @ValueSource(longs = {DISK_BYTES, 3 << 20, (4 << 20) + 512, 16 << 20})
    void shouldReadThroughChainsOfAnyLength(final long baseBytes) throws Exception {
        final Path base = folder.resolve("base.raw");
        final Path middle = folder.resolve("middle.qcow2");
        Qemu.img("create", "-q", "-f", "raw", base, baseBytes);
        Qemu.io(base, "raw", new RandomWrites(random, folder, baseBytes).commands(20));
        Qemu.createOverlay(middle, base, "raw", 5 << 20);
        Qemu.io(middle, "qcow2", new RandomWrites(random, folder, 5 << 20).commands(10));
        Qemu.createOverlay(image, middle, "qcow2", DISK_BYTES);
        Qemu.io(image, "qcow2", writes.commands(5));

        assertEqualsQemu(ImageSpec.qcow2(image)
                .withBacking(ImageSpec.qcow2(middle).withBacking(ImageSpec.raw(base))), image, middle, base);
    }

    @Test
    void shouldReadSubclustersOfABackingFile() throws Exception {
        final Path base = folder.resolve("base.qcow2");
        Qemu.create(base, "cluster_size=512", DISK_BYTES);
        Qemu.io(base, "qcow2", writes.commands(40));
        Qemu.img("create", "-q", "-f", "qcow2", "-o", "extended_l2=on", "-b", base, "-F", "qcow2", image);
        Qemu.io(image, "qcow2", writes.commands(40));

        assertEqualsQemu(ImageSpec.qcow2(image).withBacking(ImageSpec.qcow2(base)), image, base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data_file_raw=off", "data_file_raw=on", "data_file_raw=off,extended_l2=on"})
    void shouldReadClustersOfAnExternalDataFile(final String options) throws Exception {
        final Path data = folder.resolve("disk.data");
        Qemu.create(image, "data_file=" + data + "," + options, DISK_BYTES);
        Qemu.io(image, "qcow2", writes.commands(40));

        assertEqualsQemu(ImageSpec.qcow2(image).withDataFile(data), data);
    }

    @Test
    void shouldReadAnImageWhoseWriterDied() throws Exception {
        Qemu.create(image, "lazy_refcounts=on", DISK_BYTES);
        final List<String> commands = new ArrayList<>(writes.commands(20));
        commands.add("flush");
        final List<String> killed = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
        commands.forEach(command -> killed.addAll(List.of("-c", command)));
        killed.addAll(List.of("-c", "sigraise 9", image.toString()));
        Qemu.run(killed, 128 + 9);

        assertEqualsQemu(ImageSpec.qcow2(image), image);
        assertThat(Files.readAllBytes(image)[79] & Qcow2Header.DIRTY).isOne();
    }

    private void assertEqualsQemu(final ImageSpec spec, final Path... files) throws Exception {
        try (DiskImage disk = DiskImages.open(spec, List.of(folder))) {
            Translations.assertEqualsMap(Qemu.map(image), disk, List.of(files));
            Translations.assertReadsAs(Qemu.contentOf(image), disk, random);
        }
    }
}
