package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import java.nio.file.Path;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A VM with a patched QEMU: a fake agent and a fake QEMU over real sockets and a real shared page, and what an honest guest does.
 */
abstract class MapChannelCase {

    private static final int DISK_BYTES = 1 << 20;
    static final long SECTORS = DISK_BYTES / 512;
    static final FileId OTHER = new FileId(FILE.fsUuid(), 99, 1);

    @TempDir
    Path folder;
    byte[] disk;
    private FakeWriter writer;
    FakeAgent agent;
    FakeQemu qemu;
    Rig rig;

    @BeforeEach
    void start() throws Exception {
        final Path image = folder.resolve("disk.raw");
        disk = Rig.paint(image, DISK_BYTES, 1);
        writer = new FakeWriter(image);
        agent = new FakeAgent(folder.resolve("agent.sock"));
        startQemu();
        rig = new Rig(folder).withMaps(folder.resolve("maps.sock"), folder.resolve("page"));
        rig.vmRuns(folder.resolve("agent.sock"), image, "raw");
        qemu.awaitConnection(1);
        agent.await("hello");
    }

    final void startQemu() throws Exception {
        qemu = new FakeQemu(folder.resolve("maps.sock"), folder.resolve("page"), SECTORS).withDisk(8, "scsi0-0-0-1");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        agent.close();
        qemu.close();
        writer.close();
    }

    // ---- what an honest guest does

    final ComposedFile live() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        grant(FILE, "disk");
        announce(FILE, 1_000, 100);
        rig.awaitState(file, FileState.LIVE);
        return file;
    }

    final void grant(final FileId file, final String maps) throws Exception {
        final long sequence = agent.grant(agent.await("map").path("id").asText(), file, SERIAL, SECTORS, maps);
        awaitAck(sequence);
    }

    final void awaitAck(final long sequence) {
        assertThat(agent.await("ack").path("sequence").asLong()).isEqualTo(sequence);
    }

    final void announce(final FileId file, final int length, final int firstSector) throws Exception {
        qemu.records(begin(file), data(file, 0, firstSector, 2, length), commit(file, length));
    }

    final MapRecord begin(final FileId file) {
        return MapRecord.begin(file, agent.epoch(), 0);
    }

    final MapRecord data(final FileId file, final int sector, final int diskSector, final int sectors, final int length) {
        return MapRecord.extent(file, agent.epoch(), 0, new Extent(sector * 512L, diskSector, sectors * 512L)).withLength(length);
    }

    final MapRecord commit(final FileId file, final int length) {
        return MapRecord.commit(file, agent.epoch(), 0, length);
    }

    final MapRecord extend(final int length) {
        return MapRecord.extend(FILE, agent.epoch(), 0, length);
    }

    final byte[] sectors(final int first, final int length) {
        return Arrays.copyOfRange(disk, first * 512, first * 512 + length);
    }

    final void assertRefused(final ComposedFile file, final int errno, final String reason) {
        assertThatThrownBy(() -> read(file, 0, 100)).isInstanceOfSatisfying(ReadRefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.errno()).isEqualTo(errno);
        });
    }

    final void awaitRejected(final String reason, final int count) {
        Awaitility.await(reason).until(() -> rig.count("livemr.rejected", "reason", reason) >= count);
    }

    /** The agent asks the guest for all maps again, in the epoch of the resync. */
    final void announceAfterResync(final String reason, final ComposedFile file) throws Exception {
        assertThat(agent.await("resync").path("reason").asText()).isEqualTo(reason);
        assertThat(file.status().state()).isEqualTo(FileState.STALE);
        announce(FILE, 1_000, 100);
        rig.awaitState(file, FileState.LIVE);
        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
    }
}
