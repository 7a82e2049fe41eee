package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that is opened once and changes afterwards. */
class LiveImageTest {

    private static final Path THREAD_IO = Path.of("/proc/thread-self/io");
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;
    private Path image;

    @BeforeAll
    static void assumeQemu() {
        Qemu.assumePresent();
    }

    @BeforeEach
    void makeImage() throws Exception {
        image = folder.resolve("disk.qcow2");
        Qemu.create(image, "compat=1.1", 16 * MIB);
    }

    @Test
    void shouldSeeWhatAWriterFlushed() throws Exception {
        try (DiskImage disk = open(); QemuIoSession writer = new QemuIoSession(image)) {
            for (int i = 1; i <= 50; i++) {
                writer.run("write -P " + i + " " + i * 100 + "k 70k");
                writer.run("flush");
                assertThat(Translations.read(disk, i * 100L << 10, 70 << 10)).isEqualTo(filled(70 << 10, i));
            }
        }
    }

    @Test
    void shouldSeeARangeDiscardedAndZeroed() throws Exception {
        try (DiskImage disk = open(); QemuIoSession writer = new QemuIoSession(image)) {
            writer.run("write -P 7 0 2M");
            writer.run("flush");
            final List<HostRange> before = disk.translate(0, MIB);
            writer.run("write -z -u 0 1M");
            writer.run("flush");

            assertThat(before).noneMatch(HostRange::isZeros);
            assertThat(disk.translate(0, MIB)).containsExactly(HostRange.zeros(MIB)).isNotEqualTo(before);
        }
    }

    @Test
    void shouldSeeTheDiskGrow() throws Exception {
        try (DiskImage disk = open(); QemuIoSession writer = new QemuIoSession(image)) {
            final Translation before = disk.translation(0, MIB);
            writer.run("truncate 2048M");
            writer.run("write -P 9 2047M 1M");
            writer.run("flush");

            assertThat(Translations.read(disk, 2047L * MIB, MIB)).isEqualTo(filled(MIB, 9));
            assertThat(disk.virtualSizeBytes()).isEqualTo(2048L * MIB);
            assertThat(before.isStillTrue()).isFalse();
        }
    }

    @Test
    void shouldSeeASnapshotAndTheClustersThatItMoves() throws Exception {
        Qemu.io(image, "qcow2", List.of("write -P 1 0 1M"));
        try (DiskImage disk = open()) {
            final Translation before = disk.translation(0, MIB);
            Qemu.img("snapshot", "-c", "s", image);
            assertThat(before.isStillTrue()).isFalse();
            Qemu.io(image, "qcow2", List.of("write -P 2 0 1M"));

            assertThat(disk.translate(0, MIB)).isNotEqualTo(before.ranges());
            assertThat(Translations.read(disk, 0, MIB)).isEqualTo(filled(MIB, 2));
        }
    }

    @Test
    void shouldStayTrueWhileAWriterAllocatesElsewhere() throws Exception {
        try (DiskImage disk = open(); QemuIoSession writer = new QemuIoSession(image)) {
            writer.run("write -P 3 0 1M");
            writer.run("flush");
            final Translation before = disk.translation(0, MIB);
            writer.run("write -P 3 1M 8M");
            writer.run("flush");

            assertThat(before.isStillTrue()).isTrue();
            assertThat(disk.translate(0, MIB)).isEqualTo(before.ranges());
        }
    }

    @Test
    void shouldNoLongerBeTrueWhenAClusterIsAllocatedDiscardedOrZeroed() throws Exception {
        try (DiskImage disk = open(); QemuIoSession writer = new QemuIoSession(image)) {
            for (final String command : List.of("write -P 3 512k 64k", "write -z 512k 64k", "discard 512k 64k")) {
                final Translation before = disk.translation(0, MIB);
                writer.run(command);
                writer.run("flush");

                assertThat(before.isStillTrue()).as(command).isFalse();
            }
        }
    }

    @Test
    void shouldNoticeThatTheFileWasReplaced() throws Exception {
        for (final ImageSpec spec : List.of(ImageSpec.qcow2(image), ImageSpec.raw(image))) {
            try (DiskImage disk = DiskImages.open(spec)) {
                final Translation before = disk.translation(0, 512);
                final Path copy = Files.copy(image, folder.resolve("copy"));
                Files.move(copy, image, StandardCopyOption.REPLACE_EXISTING);

                assertThatThrownBy(before::isStillTrue).isInstanceOf(ImageChangedException.class);
            }
        }
    }

    /** Its tables name the cluster all the while. */
    @Test
    void shouldNoticeThatTheFileWasCutShortSinceItWasSeen() throws Exception {
        Qemu.io(image, "qcow2", List.of("write -P 1 0 64k", "write -P 2 64k 64k"));
        try (DiskImage disk = open(); FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            final HostRange last = disk.translate(64 << 10, 64 << 10).get(0);
            file.truncate(last.offsetBytes());

            assertThat(disk.translation(64 << 10, 64 << 10).isStillTrue()).isFalse();
            assertThatThrownBy(() -> disk.translate(64 << 10, 64 << 10)).isInstanceOf(CorruptImageException.class);
        }
    }

    @Test
    void shouldStopWhenTheBackingFileChanges() throws Exception {
        final Path base = Files.write(folder.resolve("base"), new byte[MIB]);
        try (DiskImage disk = open()) {
            final Translation before = disk.translation(0, 512);
            Qemu.img("rebase", "-u", "-b", base, "-F", "raw", image);

            assertThatThrownBy(() -> disk.translate(0, 512)).isInstanceOf(ImageChangedException.class);
            assertThat(before.isStillTrue()).isFalse();
        }
    }

    @Test
    void shouldSeeARawBaseGrowBelowAnOverlay() throws Exception {
        final Path base = Files.write(folder.resolve("base"), new byte[0]);
        final Path overlay = folder.resolve("overlay");
        Qemu.createOverlay(overlay, base, "raw", MIB);
        try (DiskImage disk = DiskImages.open(ImageSpec.qcow2(overlay).withBacking(ImageSpec.raw(base)))) {
            final Translation before = disk.translation(0, 512);
            assertThat(before.ranges()).containsExactly(HostRange.zeros(512));
            Files.write(base, filled(512, 5));

            assertThat(before.isStillTrue()).isFalse();
            assertThat(Translations.read(disk, 0, 512)).isEqualTo(filled(512, 5));
        }
    }

    @Test
    void shouldTranslateAMebibyteInFourReads() throws Exception {
        assumeTrue(Files.exists(THREAD_IO), "skipped: this kernel counts no reads per thread");
        Qemu.io(image, "qcow2", List.of("write -P 1 1M 512k", "write -P 1 4M 64k", "write -P 1 1600k 448k"));
        try (DiskImage disk = open()) {
            final Work translation = () -> assertThat(disk.translate(MIB, MIB)).hasSizeGreaterThan(1);
            readCalls(translation); // loads classes, which are read from jars
            final long reads = readCalls(translation) - readCalls(() -> { });

            assertThat(reads).isBetween(3L, 4L);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long readCalls(final Work work) throws Exception {
        final long before = readCalls();
        work.run();
        return readCalls() - before;
    }

    private static long readCalls() throws Exception {
        return Files.readAllLines(THREAD_IO).stream().filter(line -> line.startsWith("syscr: "))
                .mapToLong(line -> Long.parseLong(line.substring(7))).findFirst().orElseThrow();
    }

    private DiskImage open() throws Exception {
        return DiskImages.open(ImageSpec.qcow2(image));
    }

    private static byte[] filled(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
