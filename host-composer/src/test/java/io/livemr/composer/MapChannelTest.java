package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.extent.wire.MapRecord;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose records come through a patched QEMU: how they grow, are taken back, and come back. */
class MapChannelTest extends MapChannelCase {

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

    /** What the disk's files are announced with would belong to nothing any more. */
    @Test
    void shouldHangUpOnAQemuThatGivesADiskAnotherName() throws Exception {
        final ComposedFile file = live();

        qemu.frame(1, 7, 0, "other".getBytes(StandardCharsets.UTF_8));
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

    @Test
    void shouldStopListeningWhenTheComposerStops() {
        rig.close();

        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().equals("maps-vm1")));
    }
}
