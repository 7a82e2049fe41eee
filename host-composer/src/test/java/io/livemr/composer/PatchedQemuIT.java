package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.composer.image.SharedPage;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The map channel of a real patched QEMU, without a guest: {@code LIVEMR_PATCHED_QEMU} names the program. What only a guest can send is
 * tested with a fake QEMU.
 */
class PatchedQemuIT {

    private static final int DISK_BYTES = 1 << 20;
    private static final long SECTORS = DISK_BYTES / 512;

    @TempDir
    private Path folder;
    private byte[] disk;
    private Process qemu;
    private FakeAgent agent;
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        final String program = System.getenv("LIVEMR_PATCHED_QEMU");
        assumeTrue(program != null && Files.isExecutable(Path.of(program)), "LIVEMR_PATCHED_QEMU names no patched QEMU");
        disk = Rig.paint(folder.resolve("disk.raw"), DISK_BYTES, 1);
        qemu = new ProcessBuilder(List.of(program, "-M", "q35", "-accel", "tcg", "-m", "64", "-nodefaults", "-display", "none",
                "-qmp", "unix:" + folder.resolve("qmp") + ",server=on,wait=off",
                "-chardev", "socket,id=maps,path=" + folder.resolve("maps") + ",server=on,wait=off",
                "-object", "livemr-maps,id=livemr0,chardev=maps,generations=" + folder.resolve("page"),
                "-drive", "if=none,id=drive0,format=raw,cache=none,file=" + folder.resolve("disk.raw"),
                "-device", "virtio-scsi-pci", "-device", "scsi-hd,drive=drive0,livemr=livemr0,id=" + Rig.ALIAS))
                .redirectErrorStream(true).redirectOutput(folder.resolve("qemu.log").toFile()).start();
        agent = new FakeAgent(folder.resolve("agent.sock"));
        rig = new Rig(folder).withMaps(folder.resolve("maps"), folder.resolve("page"));
        rig.vmRuns(folder.resolve("agent.sock"), folder.resolve("disk.raw"), "raw");
        Awaitility.await("map channel").atMost(Duration.ofSeconds(60)).until(this::isConnected);
        agent.await("hello");
    }

    @AfterEach
    void stop() throws Exception {
        if (rig != null) {
            rig.close();
            agent.close();
        }
        if (qemu != null) {
            qemu.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private boolean isConnected() {
        return rig.gauge("livemr.map.channel.connected", "vm", "vm1") == 1;
    }

    private double frames(final String type) {
        return rig.count("livemr.map.frames", "vm", "vm1", "type", type);
    }

    /** One command of QEMU's own protocol, whose answer is not waited for. */
    private void command(final String name) throws IOException {
        try (SocketChannel qmp = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("qmp")))) {
            qmp.write(StandardCharsets.UTF_8.encode("{\"execute\":\"qmp_capabilities\"}{\"execute\":\"" + name + "\",\"id\":\"last\"}"));
            final StringBuilder heard = new StringBuilder();
            final ByteBuffer bytes = ByteBuffer.allocate(4_096);
            while (!heard.toString().contains("\"last\"") && qmp.read(bytes.clear()) >= 0) {
                heard.append(StandardCharsets.UTF_8.decode(bytes.flip()));
            }
        }
    }

    @Test
    void shouldServeAStockGuestsFileByTheRealPage() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS);
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);

        assertThat(read(file, 0, 4_096)).isEqualTo(Arrays.copyOfRange(disk, 100 * 512, 100 * 512 + 1_000));
        assertThat(SharedPage.open(folder.resolve("page")).layout() & 1).isZero();
        assertThat(frames("disk")).isEqualTo(1);
    }

    @Test
    void shouldDistrustADiskThatQemuResets() throws Exception {
        final long before = SharedPage.open(folder.resolve("page")).revocations();
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS, "disk");
        agent.await("ack");

        command("system_reset");

        assertThat(agent.await("resync").path("reason").asText()).isEqualTo("void");
        rig.awaitReason(file, "void");
        assertThat(SharedPage.open(folder.resolve("page")).revocations()).isGreaterThan(before);
        assertThat(frames("records")).isPositive();
        assertThat(rig.count("livemr.rejected", "reason", "malformed")).isZero();
    }

    @Test
    void shouldNoticeThatQemuIsGone() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), new FileId(FILE.fsUuid(), 5, 6), SERIAL, SECTORS, "disk");
        agent.await("ack");

        qemu.destroyForcibly().waitFor();

        rig.awaitReason(file, "map_channel_lost");
        assertThat(isConnected()).isFalse();
    }
}
