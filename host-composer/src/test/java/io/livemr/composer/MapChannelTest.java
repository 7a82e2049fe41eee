package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.ComposeRequest.Source;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileEvents;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose records come through a patched QEMU: with a fake agent and a fake QEMU over real sockets and a real shared page. */
class MapChannelTest {

    private static final int DISK_BYTES = 1 << 20;
    private static final long SECTORS = DISK_BYTES / 512;
    private static final FileId OTHER = new FileId(FILE.fsUuid(), 99, 1);

    @TempDir
    private Path folder;
    private byte[] disk;
    private FakeWriter writer;
    private FakeAgent agent;
    private FakeQemu qemu;
    private Rig rig;

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

    private void startQemu() throws Exception {
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

    private ComposedFile live() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        grant(FILE, "disk");
        announce(FILE, 1_000, 100);
        rig.awaitState(file, FileState.LIVE);
        return file;
    }

    private void grant(final FileId file, final String maps) throws Exception {
        final long sequence = agent.grant(agent.await("map").path("id").asText(), file, SERIAL, SECTORS, maps);
        awaitAck(sequence);
    }

    private void awaitAck(final long sequence) {
        assertThat(agent.await("ack").path("sequence").asLong()).isEqualTo(sequence);
    }

    private void announce(final FileId file, final int length, final int firstSector) throws Exception {
        qemu.records(begin(file), data(file, 0, firstSector, 2, length), commit(file, length));
    }

    private MapRecord begin(final FileId file) {
        return MapRecord.begin(file, agent.epoch(), 0);
    }

    private MapRecord data(final FileId file, final int sector, final int diskSector, final int sectors, final int length) {
        return MapRecord.extent(file, agent.epoch(), 0, new Extent(sector * 512L, diskSector, sectors * 512L)).withLength(length);
    }

    private MapRecord commit(final FileId file, final int length) {
        return MapRecord.commit(file, agent.epoch(), 0, length);
    }

    private MapRecord extend(final int length) {
        return MapRecord.extend(FILE, agent.epoch(), 0, length);
    }

    private byte[] sectors(final int first, final int length) {
        return Arrays.copyOfRange(disk, first * 512, first * 512 + length);
    }

    private void assertRefused(final ComposedFile file, final int errno, final String reason) {
        assertThatThrownBy(() -> read(file, 0, 100)).isInstanceOfSatisfying(ReadRefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.errno()).isEqualTo(errno);
        });
    }

    private void awaitRejected(final String reason, final int count) {
        Awaitility.await(reason).until(() -> rig.count("livemr.rejected", "reason", reason) >= count);
    }

    /** The agent asks the guest for all maps again, in the epoch of the resync. */
    private void announceAfterResync(final String reason, final ComposedFile file) throws Exception {
        assertThat(agent.await("resync").path("reason").asText()).isEqualTo(reason);
        assertThat(file.status().state()).isEqualTo(FileState.STALE);
        announce(FILE, 1_000, 100);
        rig.awaitState(file, FileState.LIVE);
        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
    }

    // ---- growing

    @Test
    void shouldServeExactlyTheCommittedBytes() throws Exception {
        final ComposedFile file = live();

        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
        assertThat(rig.gauge("livemr.map.channel.connected", "vm", "vm1")).isEqualTo(1);
        assertThat(rig.count("livemr.map.frames", "vm", "vm1", "type", "records")).isEqualTo(1);
        assertThat(rig.count("livemr.map.frames", "vm", "vm1", "type", "disk")).isEqualTo(2);
    }

    @Test
    void shouldGrowByWritesThatCompleteInAnyOrder() throws Exception {
        final ComposedFile file = live();

        qemu.records(data(FILE, 4, 300, 1, 2_500), extend(2_500), data(FILE, 2, 200, 1, 2_500), extend(2_500));
        qemu.records(data(FILE, 1, 101, 1, 2_500), extend(2_500));
        rig.awaitLength(file, 1_536);
        qemu.records(data(FILE, 3, 7, 1, 2_500), extend(2_500));
        rig.awaitLength(file, 2_500);

        assertThat(read(file, 1_024, 512)).isEqualTo(sectors(200, 512));
        assertThat(read(file, 1_536, 512)).isEqualTo(sectors(7, 512));
        assertThat(read(file, 2_048, 512)).isEqualTo(sectors(300, 452));
    }

    @Test
    void shouldWaitForTheCommitOfAnAnnouncement() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        grant(FILE, "disk");

        qemu.records(begin(FILE), data(FILE, 0, 100, 1, 512), extend(512));
        qemu.records(data(FILE, 1, 101, 1, 1_000), extend(1_000));

        rig.awaitReason(file, "announcing");
        assertThat(rig.files.find(file.name())).isEmpty();
        qemu.records(commit(FILE, 1_000));
        rig.awaitState(file, FileState.LIVE);
    }

    // ---- taking back

    @Test
    void shouldTakeBackAMapWhateverItsEpochAndDisk() throws Exception {
        final ComposedFile file = live();

        qemu.countRevocation();
        assertRefused(file, 116, "revocation_pending");
        qemu.records(8, MapRecord.revoke(FILE, 1, 0));

        rig.awaitReason(file, "not_mapped");
        assertRefused(file, 116, "not_mapped");
        announce(FILE, 1_000, 200);
        rig.awaitState(file, FileState.LIVE);
        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(200, 1_000));
    }

    @Test
    void shouldServeAgainWhenWhatWasTakenBackIsAnotherFile() throws Exception {
        final ComposedFile file = live();

        qemu.takeBack(MapRecord.revoke(OTHER, 1, 0));
        awaitRejected("not_granted", 1);

        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldDistrustTheFilesOfAFileSystemThatIsVoid() throws Exception {
        final ComposedFile file = live();

        qemu.takeBack(MapRecord.voidOf(new UUID(7, 7)));
        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
        qemu.takeBack(MapRecord.voidOf(FILE.fsUuid()));

        announceAfterResync("void", file);
    }

    /** 8 is a disk that the domain's definition does not have: then it may be any. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void shouldDistrustAllFilesOfADiskThatIsVoid(final int number) throws Exception {
        final ComposedFile file = live();

        qemu.countRevocation();
        qemu.records(number, MapRecord.voidOf(new UUID(0, 0)));

        announceAfterResync("void", file);
    }

    @Test
    void shouldDistrustADiskOfWhichRecordsWereLost() throws Exception {
        final ComposedFile file = live();

        qemu.lost();

        announceAfterResync("records_lost", file);
        assertThat(rig.count("livemr.map.frames", "vm", "vm1", "type", "lost")).isEqualTo(1);
    }

    @Test
    void shouldServeNothingWithoutTheChannelUntilItIsAnnouncedAgain() throws Exception {
        final ComposedFile file = live();

        qemu.close();
        rig.awaitReason(file, "map_channel_lost");
        assertRefused(file, 116, "map_channel_lost");

        startQemu();
        qemu.awaitConnection(1);
        announceAfterResync("map_channel", file);
    }

    @Test
    void shouldAskForAllAgainWhenTheChannelIsBack() throws Exception {
        final ComposedFile file = live();

        qemu.hangUp();
        qemu.awaitConnection(2);

        announceAfterResync("map_channel", file);
    }

    @Test
    void shouldIgnoreWhatIsToldInTheOldEpochAfterTheChannelWasLost() throws Exception {
        final ComposedFile file = live();
        final MapRecord[] old = {begin(FILE), data(FILE, 0, 300, 2, 1_000), commit(FILE, 1_000)};

        qemu.hangUp();
        qemu.awaitConnection(2);
        agent.await("resync");
        qemu.records(old);

        awaitRejected("stale_epoch", 3);
        assertThat(file.status().state()).isEqualTo(FileState.STALE);
    }

    // ---- who may say what of which file

    @Test
    void shouldTakeRecordsOfAFileOnlyByItsOwnWay() throws Exception {
        final ComposedFile file = live();
        rig.compose("/data/other");
        agent.grant(agent.await("map").path("id").asText(), OTHER, SERIAL, SECTORS);

        agent.grow(FILE, 1_024, new Extent(0, 300, 1_024));
        announce(OTHER, 512, 300);

        awaitRejected("not_granted", 2 + 3);
        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldRejectRecordsOfFilesThatWereNotGrantedOrAreOnAnotherDisk() throws Exception {
        final ComposedFile file = live();

        announce(OTHER, 512, 300);
        qemu.records(8, begin(FILE), data(FILE, 0, 300, 2, 1_000), commit(FILE, 1_000));

        awaitRejected("not_granted", 3);
        awaitRejected("unknown_disk", 3);
        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldWithdrawAMapThatLeavesItsDisk() throws Exception {
        final ComposedFile file = live();

        qemu.records(data(FILE, 2, (int) SECTORS - 1, 2, 2_048));

        assertThat(agent.await("resync").path("reason").asText()).isEqualTo("beyond_disk");
        assertThat(file.status().state()).isEqualTo(FileState.STALE);
        assertThat(qemu.connections()).isEqualTo(1);
    }

    @Test
    void shouldDenyAFileWhoseRecordsComeByNoKnownWay() throws Exception {
        final ComposedFile file = rig.compose("/data/log");

        grant(FILE, "pigeon");

        rig.awaitState(file, FileState.DENIED);
        assertThat(file.status().reason()).isEqualTo("malformed");
    }

    // ---- the shared page

    @Test
    void shouldWaitWhileClustersMove() throws Exception {
        final ComposedFile file = live();

        qemu.layoutMoves(true);
        assertRefused(file, 116, "layout_changing");
        qemu.layoutMoves(false);

        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
        assertThat(rig.count("livemr.read.retries", "reason", "layout_changing")).isPositive();
    }

    @Test
    void shouldWaitWhileClustersMoveUnderAFileOfAStockGuestToo() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS);
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);

        qemu.layoutMoves(true);
        assertRefused(file, 116, "layout_changing");
        qemu.layoutMoves(false);
        qemu.countRevocation();

        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldServeAStockGuestsFilesOnWithoutTheChannel() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS, "channel");
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);

        qemu.close();
        Awaitility.await().until(() -> rig.gauge("livemr.map.channel.connected", "vm", "vm1") == 0);

        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldServeNothingByThePageOfAQemuThatWasStartedAnew() throws Exception {
        final ComposedFile file = live();

        qemu.makePage();

        assertRefused(file, 116, "page_replaced");
    }

    @Test
    void shouldSayThatAFileWaitsForTheChannel() throws Exception {
        qemu.close();
        Awaitility.await().until(() -> rig.gauge("livemr.map.channel.connected", "vm", "vm1") == 0);
        final ComposedFile file = rig.compose("/data/log");

        grant(FILE, "disk");

        rig.awaitReason(file, "map_channel_lost");
    }

    // ---- files that become shorter

    private void truncate(final FileId file, final int length) throws Exception {
        qemu.takeBack(MapRecord.revoke(file, agent.epoch(), 0));
        announce(file, length, 100);
    }

    @Test
    void shouldEndWhereATruncatedFileEndsNow() throws Exception {
        final ComposedFile file = live();
        final List<Long> told = lengths();

        truncate(FILE, 300);
        rig.awaitLength(file, 300);

        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 300));
        assertThat(read(file, 300, 100)).isEmpty();
        qemu.records(data(FILE, 0, 100, 2, 900), extend(900));
        rig.awaitLength(file, 900);
        assertThat(told).containsExactly(1_000L, 300L, 900L);
        assertThat(file.status().state()).isEqualTo(FileState.LIVE);
    }

    private List<Long> lengths() {
        final List<Long> told = new ArrayList<>();
        rig.files.listen(new FileEvents() {
            @Override
            public void state(final String name, final FileState state, final String reason) {
            }

            @Override
            public void grew(final String name, final long lengthBytes) {
                told.add(lengthBytes);
            }

            @Override
            public void removed(final String name) {
            }
        });
        return told;
    }

    @Test
    void shouldFailAComposedFileOfWhichAnEarlierSourceIsShorterNow() throws Exception {
        final ComposedFile file = liveOfTwo();

        qemu.takeBack(MapRecord.revoke(FILE, agent.epoch(), 0));
        assertRefused(file, 116, "not_mapped");
        announce(FILE, 999, 100);

        rig.awaitState(file, FileState.FAILED);
        assertRefused(file, 5, "shrunk");
    }

    @Test
    void shouldKeepOffsetsWhenTheLastOfTwoSourcesIsTruncated() throws Exception {
        final ComposedFile file = liveOfTwo();

        truncate(OTHER, 10);
        rig.awaitLength(file, 1_010);

        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
        assertThat(read(file, 1_000, 500)).isEqualTo(sectors(100, 10));
    }

    private ComposedFile liveOfTwo() throws Exception {
        final ComposedFile file = rig.files.compose(
                new ComposeRequest("bob", List.of(new Source("vm1", "/a"), new Source("vm1", "/b")), null));
        final String first = agent.await("map").path("id").asText();
        final String second = agent.await("map").path("id").asText();
        awaitAck(agent.grant(first, FILE, SERIAL, SECTORS, "disk"));
        awaitAck(agent.grant(second, OTHER, SERIAL, SECTORS, "disk"));
        announce(FILE, 1_000, 100);
        announce(OTHER, 500, 200);
        rig.awaitState(file, FileState.LIVE);
        assertThat(file.status().lengthBytes()).isEqualTo(1_500);
        return file;
    }

    // ---- the end

    @Test
    void shouldStopListeningWhenTheComposerStops() {
        rig.close();

        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().equals("maps-vm1")));
    }
}
