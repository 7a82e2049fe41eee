package io.livemr.extent.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not translated, and whether the message says why. */
class ImageRefusalTest {

    private static final long DISK_BYTES = 4 << 20;

    @TempDir
    private Path folder;
    private Path pool;
    private Path image;
    private Path base;
    private Path outside;

    @BeforeAll
    static void assumeQemu() {
        Qemu.assumePresent();
    }

    @BeforeEach
    void makeImages() throws Exception {
        pool = Files.createDirectory(folder.resolve("pool"));
        image = pool.resolve("disk.qcow2");
        base = pool.resolve("base.raw");
        outside = folder.resolve("outside.raw");
        Files.write(base, new byte[1 << 16]);
        Files.write(outside, new byte[1 << 16]);
    }

    @Test
    void shouldRefuseAnImageOutsideTheRoots() {
        assertThatThrownBy(() -> open(ImageSpec.raw(outside)))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining(outside.toString());
    }

    @Test
    void shouldRefuseALinkThatLeavesTheRoots() throws Exception {
        final Path link = Files.createSymbolicLink(pool.resolve("link.raw"), outside);

        assertThatThrownBy(() -> open(ImageSpec.raw(link)))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining(outside.toString());
    }

    @Test
    void shouldRefuseAPathThatClimbsOut() {
        assertThatThrownBy(() -> open(ImageSpec.raw(pool.resolve("../outside.raw"))))
                .isInstanceOf(ImageRefusedException.class);
    }

    @Test
    void shouldRefuseABackingFileOutsideTheRoots() throws Exception {
        Qemu.createOverlay(image, outside, "raw", DISK_BYTES);

        assertThatThrownBy(() -> open(overlayOn(outside)))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining(outside.toString());
    }

    @Test
    void shouldRefuseADataFileOutsideTheRoots() throws Exception {
        final Path data = folder.resolve("data");
        Qemu.create(image, "data_file=" + data, DISK_BYTES);

        assertThatThrownBy(() -> open(ImageSpec.qcow2(image).withDataFile(data)))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining(data.toString());
    }

    @Test
    void shouldRefuseABackingFileThatTheDefinitionDoesNotName() throws Exception {
        Qemu.createOverlay(image, base, "raw", DISK_BYTES);

        assertThatThrownBy(() -> open(ImageSpec.qcow2(image))).isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining("the header says " + base + ", the definition says null");
        Files.copy(base, pool.resolve("other.raw"));
        assertThatThrownBy(() -> open(overlayOn(pool.resolve("other.raw"))))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining("other.raw");
    }

    @Test
    void shouldRefuseABackingFileThatTheHeaderDoesNotName() throws Exception {
        Qemu.create(image, "compat=1.1", DISK_BYTES);

        assertThatThrownBy(() -> open(overlayOn(base))).isInstanceOf(ImageRefusedException.class);
    }

    @Test
    void shouldRefuseABackingFileOfAnotherFormat() throws Exception {
        Qemu.createOverlay(image, base, "raw", DISK_BYTES);

        assertThatThrownBy(() -> open(ImageSpec.qcow2(image).withBacking(ImageSpec.qcow2(base))))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining("raw");
    }

    @Test
    void shouldAcceptABackingFileNamedRelativeToTheImage() throws Exception {
        Qemu.img("create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", image, DISK_BYTES);

        try (DiskImage disk = open(overlayOn(base))) {
            assertThat(disk.translate(0, 512)).containsExactly(new HostRange(null, base.toRealPath(), 0, 512));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbd://localhost/disk", "json:{\"driver\":\"null-co\"}"})
    void shouldRefuseABackingThatIsNoFile(final String name) throws Exception {
        Qemu.create(image, "compat=1.1", DISK_BYTES);
        Qemu.img("rebase", "-u", "-b", name, "-F", "raw", image);

        assertThatThrownBy(() -> open(overlayOn(base)))
                .isInstanceOf(UnsupportedImageException.class).hasMessageContaining(name);
    }

    @Test
    void shouldRefuseADataFileThatOneSideDoesNotName() throws Exception {
        final Path data = pool.resolve("data");
        Qemu.create(image, "data_file=" + data, DISK_BYTES);
        Files.copy(data, pool.resolve("other"));

        assertThatThrownBy(() -> open(ImageSpec.qcow2(image))).isInstanceOf(ImageRefusedException.class);
        assertThatThrownBy(() -> open(ImageSpec.qcow2(image).withDataFile(pool.resolve("other"))))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining("other");
    }

    @Test
    void shouldNeverProbeARawDiskThatTheGuestMadeLookLikeQcow2() throws Exception {
        Qemu.createOverlay(image, outside, "raw", DISK_BYTES);

        try (DiskImage disk = open(ImageSpec.raw(image))) {
            assertThat(disk.translate(0, 512)).containsExactly(new HostRange(null, image.toRealPath(), 0, 512));
        }
    }

    @Test
    void shouldRefuseARawFileThatIsDefinedAsQcow2() {
        assertThatThrownBy(() -> open(ImageSpec.qcow2(base)))
                .isInstanceOf(CorruptImageException.class).hasMessageContaining("magic");
    }

    @Test
    void shouldRefuseWithoutWaitingAPipe() throws Exception {
        final Path pipe = pool.resolve("pipe");
        Qemu.run(List.of("mkfifo", pipe.toString()), 0);

        assertThatThrownBy(() -> open(ImageSpec.raw(pipe))).isInstanceOf(ImageRefusedException.class);
    }

    @Test
    void shouldRefuseCompressedClustersOnly() throws Exception {
        Qemu.create(image, "cluster_size=65536", DISK_BYTES);
        Qemu.io(image, "qcow2", List.of("write -P 1 0 65536", "write -c -P 2 1M 65536"));

        try (DiskImage disk = open(ImageSpec.qcow2(image))) {
            assertThat(disk.translate(0, 1 << 20)).hasSize(2);
            assertThatThrownBy(() -> disk.translate(1 << 20, 512)).isInstanceOf(UnsupportedImageException.class)
                    .hasMessageContainingAll("compressed", "guestOffsetBytes=1048576", "qemu-img convert");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"luks", "aes"})
    void shouldRefuseEncryptedImages(final String method) throws Exception {
        Qemu.createEncrypted(image, method, DISK_BYTES);

        assertThatThrownBy(() -> open(ImageSpec.qcow2(image)))
                .isInstanceOf(UnsupportedImageException.class).hasMessageContaining("encrypted");
    }

    @Test
    void shouldRefuseUnknownFeaturesAndCorruptImages() throws Exception {
        Qemu.create(image, "compat=1.1", DISK_BYTES);

        patch(79, 1 << 5);
        assertThatThrownBy(() -> open(ImageSpec.qcow2(image)))
                .isInstanceOf(UnsupportedImageException.class).hasMessageContaining("features=0x20");
        patch(79, Qcow2Header.CORRUPT);
        assertThatThrownBy(() -> open(ImageSpec.qcow2(image)))
                .isInstanceOf(CorruptImageException.class).hasMessageContaining("qemu-img check");
    }

    @Test
    void shouldRefuseToReadPastTheDisk() throws Exception {
        Qemu.create(image, "compat=1.1", DISK_BYTES);

        for (final ImageSpec spec : List.of(ImageSpec.qcow2(image), ImageSpec.raw(base))) {
            try (DiskImage disk = open(spec)) {
                final long size = disk.virtualSizeBytes();
                assertThatThrownBy(() -> disk.translate(size - 512, 513)).isInstanceOf(EOFException.class);
                assertThatThrownBy(() -> disk.translate(Long.MAX_VALUE, 512)).isInstanceOf(EOFException.class);
                assertThatThrownBy(() -> disk.translate(-1, 512)).isInstanceOf(EOFException.class);
                assertThat(disk.translate(size, 0)).isEmpty();
            }
        }
    }

    /** The shortest way to an endless chain: an image that names itself. */
    @Test
    void shouldLimitTheChain() throws Exception {
        Qemu.create(image, "compat=1.1", DISK_BYTES);
        Qemu.img("rebase", "-u", "-b", image, "-F", "qcow2", image);
        ImageSpec chain = ImageSpec.qcow2(image);
        for (int i = 0; i < DiskImages.CHAIN_LIMIT; i++) {
            chain = ImageSpec.qcow2(image).withBacking(chain);
        }
        final ImageSpec tooLong = chain;

        assertThatThrownBy(() -> open(tooLong))
                .isInstanceOf(ImageRefusedException.class).hasMessageContaining("block commit");
    }

    private ImageSpec overlayOn(final Path below) {
        return ImageSpec.qcow2(image).withBacking(ImageSpec.raw(below));
    }

    private DiskImage open(final ImageSpec spec) throws Exception {
        return DiskImages.open(spec, List.of(pool));
    }

    private void patch(final long offset, final int value) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(offset);
            file.write(value);
        }
    }
}
