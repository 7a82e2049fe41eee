package io.livemr.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.agent.denial.DeniedException;
import io.livemr.extent.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutResolverTest {

    @TempDir
    private Path sys;
    private final Map<String, DeviceMapperTable> tables = new HashMap<>();
    private LayoutResolver layouts;

    @BeforeEach
    void makeSysfs() throws IOException {
        Files.createDirectories(sys.resolve("devices/virtual"));
        final Path disk = sys.resolve("devices/pci0000:00/0000:00:04.0/virtio1/host0/target0:0:0/0:0:0:1/block/sda");
        device("8:0", disk, 409_600);
        Files.createDirectories(disk.resolve("device"));
        Files.write(disk.resolve("device/vpd_pg80"), HexFormat.of().parseHex("00800004" + "64617461"));
        Files.writeString(disk.resolve("device/vendor"), "QEMU    \n");
        final Path partition = disk.resolve("sda1");
        device("8:1", partition, 204_800);
        Files.writeString(partition.resolve("partition"), "1\n");
        Files.writeString(partition.resolve("start"), "2048\n");
        device("8:16", sys.resolve("devices/pci0000:00/0000:00:05.0/virtio2/block/vda"), 1_000);
        device("7:0", sys.resolve("devices/virtual/block/loop0"), 1_000);
        layouts = new LayoutResolver(sys, (major, minor) -> tables.get(major + ":" + minor), false);
    }

    @Test
    void shouldSayWhatTheHostCanFindTheDiskByAndHowTheAgentReachesIt() throws Exception {
        assertThat(layouts.resolve(8, 1).disk()).isEqualTo(
                new DiskIdentity("data", "0:0:0:1", "0000:00:04.0", 409_600, "QEMU", Path.of("/dev/sda")));
    }

    @Test
    void shouldAddThePartitionsStart() throws Exception {
        assertThat(layouts.resolve(8, 1).extents(0, 4_096, 8_192))
                .containsExactly(new Extent(0, 2_048 + 8, 8_192));
    }

    @Test
    void shouldSplitAnExtentWhereALinearVolumeContinuesElsewhere() throws Exception {
        volume("253:0", target(0, 100, "linear", "8:1 1000"), target(100, 50, "linear", "8:1 5000"));

        assertThat(layouts.resolve(253, 0).extents(512, 98 * 512, 4 * 512)).containsExactly(
                new Extent(512, 2_048 + 1_098, 1_024), new Extent(512 + 1_024, 2_048 + 5_000, 1_024));
    }

    @Test
    void shouldFollowVolumesStackedOnVolumes() throws Exception {
        volume("253:0", target(0, 100, "linear", "8:1 1000"));
        volume("253:1", target(0, 50, "linear", "253:0 10"));

        assertThat(layouts.resolve(253, 1).extents(0, 0, 512)).containsExactly(new Extent(0, 2_048 + 1_010, 512));
    }

    @Test
    void shouldRefuseWhatIsNotLinearByName() throws Exception {
        volume("253:0", target(0, 100, "crypt", "aes-xts-plain64 :64:logon:x 0 8:1 0"));

        assertThatThrownBy(() -> layouts.resolve(253, 0))
                .isInstanceOf(DeniedException.class).hasMessageContaining("crypt");
    }

    @Test
    void shouldRefuseAVolumeOnTwoDisks() throws Exception {
        volume("253:0", target(0, 100, "linear", "8:1 1000"), target(100, 50, "linear", "8:16 0"));

        assertThatThrownBy(() -> layouts.resolve(253, 0)).hasMessageContaining("more than one disk");
    }

    @Test
    void shouldRefuseAVolumeThatReachesPastItsPartition() throws Exception {
        volume("253:0", target(0, 100, "linear", "8:1 204750"));

        assertThatThrownBy(() -> layouts.resolve(253, 0)).isInstanceOf(DeniedException.class)
                .hasMessageContaining("reaches past");
    }

    @Test
    void shouldRefuseLoopDevices() {
        assertThatThrownBy(() -> layouts.resolve(7, 0)).isInstanceOf(DeniedException.class).hasMessageContaining("loop0");
    }

    @Test
    void shouldReadTargetsAsTheKernelLaysThemOut() {
        final ByteBuffer bytes = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
        spec(bytes, 0, 0, 8_192, 56, "linear", "8:2 2048");
        spec(bytes, 56, 8_192, 4_096, 112, "linear", "8:2 20480");

        assertThat(DeviceMapperTable.parse(2, bytes.array()).targets()).containsExactly(
                target(0, 8_192, "linear", "8:2 2048"), target(8_192, 4_096, "linear", "8:2 20480"));
    }

    private static void spec(
            final ByteBuffer bytes, final int at, final long start, final long sectors, final int next,
            final String type, final String parameters) {
        bytes.putLong(at, start).putLong(at + 8, sectors).putInt(at + 20, next);
        bytes.put(at + 24, type.getBytes(StandardCharsets.US_ASCII));
        bytes.put(at + 40, parameters.getBytes(StandardCharsets.US_ASCII));
    }

    private void volume(final String device, final DeviceMapperTable.Target... targets) throws IOException {
        final Path folder = sys.resolve("devices/virtual/block/dm-" + device.substring(4));
        device(device, folder, 150);
        Files.createDirectories(folder.resolve("dm"));
        Files.writeString(folder.resolve("dm/name"), "vg-data\n");
        tables.put(device, new DeviceMapperTable(List.of(targets)));
    }

    private static DeviceMapperTable.Target target(
            final long start, final long sectors, final String type, final String parameters) {
        return new DeviceMapperTable.Target(start, sectors, type, parameters);
    }

    private void device(final String number, final Path folder, final long sectors) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("size"), sectors + "\n");
        final Path links = Files.createDirectories(sys.resolve("dev/block"));
        Files.createSymbolicLink(links.resolve(number), folder);
    }
}
