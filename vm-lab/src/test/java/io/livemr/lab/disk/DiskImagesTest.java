package io.livemr.lab.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.lab.host.HostCommand;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle is {@code qemu-img}. */
class DiskImagesTest {
    private static final long SIZE_BYTES = 128L << 20;

    @TempDir
    private Path folder;
    private DiskImages images;

    @BeforeEach
    void prepare() {
        images = new DiskImages(folder);
    }

    @Test
    void shouldMakeASparseRawImage() throws IOException {
        final DataDisk disk = DataDisk.raw().withSizeBytes(SIZE_BYTES);

        images.createData(disk);

        assertThat(images.data(disk)).hasFileName("data.raw").hasSize(SIZE_BYTES);
        assertThat(info(disk, "raw").get("actual-size").asLong()).isLessThan(1 << 20);
    }

    @Test
    void shouldHonourTheClusterSize() throws IOException {
        final DataDisk disk = DataDisk.qcow2().withSizeBytes(SIZE_BYTES).withClusterBytes(4096);

        images.createData(disk);

        assertThat(info(disk, "qcow2").get("cluster-size").asInt()).isEqualTo(4096);
        assertThat(info(disk, "qcow2").get("virtual-size").asLong()).isEqualTo(SIZE_BYTES);
    }

    @Test
    void shouldPassOptionsOnToQemu() throws IOException {
        final DataDisk disk = DataDisk.qcow2().withSizeBytes(SIZE_BYTES).withQcow2Option("extended_l2=on").withClusterBytes(131_072);

        images.createData(disk);

        assertThat(info(disk, "qcow2").at("/format-specific/data/extended-l2").asBoolean()).isTrue();
    }

    @Test
    void shouldAllocateZeroClustersAlsoPastTwoGibibytes() throws IOException {
        final DataDisk disk = DataDisk.qcow2().withSizeBytes((5L << 29) + 512).withZeroClusters();

        images.createData(disk);

        final JsonNode map = json("qemu-img", "map", "-f", "qcow2", "--output=json", images.data(disk).toString());
        assertThat(map).isNotEmpty().allSatisfy(extent -> {
            assertThat(extent.get("zero").asBoolean()).isTrue();
            assertThat(extent.has("offset")).as("allocated at an offset of the image").isTrue();
        });
        assertThat(map.findValues("length").stream().mapToLong(JsonNode::asLong).sum()).isEqualTo(disk.sizeBytes());
    }

    @Test
    void shouldPutTheFileSystemIntoTheBackingFile() throws IOException {
        final DataDisk disk = DataDisk.qcow2().withSizeBytes(SIZE_BYTES).withBackingFile();

        images.createData(disk);

        assertThat(info(disk, "qcow2").get("backing-filename").asText()).isEqualTo(images.dataBase().toString());
        assertThat(superblockMagicAt(0)).isEqualTo("53ef");
        assertThat(folder.resolve("data-base.raw")).doesNotExist();
    }

    @Test
    void shouldPutTheFileSystemWhereThePartitionBegins() throws IOException {
        assumeThat(Path.of("/usr/sbin/sfdisk")).as("Debian package fdisk").exists();

        images.createData(DataDisk.qcow2().withSizeBytes(SIZE_BYTES).withBackingFile().partitioned(4097));

        assertThat(superblockMagicAt(4097 * 512L)).isEqualTo("53ef");
    }

    /** ext4 keeps EF53h, little-endian, 1,080 bytes into its device. */
    private String superblockMagicAt(final long startBytes) {
        final String raw = folder.resolve("check.raw").toString();
        HostCommand.of("qemu-img", "convert", "-O", "raw", folder.resolve("data.qcow2").toString(), raw).run();
        return HostCommand.of("sh", "-c", "od -A n -t x1 -j " + (startBytes + 1080) + " -N 2 " + raw + " | tr -d ' \\n'").run();
    }

    private JsonNode info(final DataDisk disk, final String format) throws IOException {
        return json("qemu-img", "info", "-f", format, "--output=json", images.data(disk).toString());
    }

    private static JsonNode json(final String... command) throws IOException {
        return new ObjectMapper().readTree(HostCommand.of(command).run());
    }
}
