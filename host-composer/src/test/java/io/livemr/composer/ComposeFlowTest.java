package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.composer.file.ReadRefusedException;
import io.livemr.composer.vm.VmDescription.State;
import io.livemr.composer.vm.VmDisk;
import io.livemr.composer.vm.VmDisk.ImageLayer;
import io.livemr.extent.Extent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the wish to the bytes, and each way back, with a fake agent over a real socket. */
class ComposeFlowTest {

    private static final int DISK_BYTES = 1 << 20;
    private static final long SECTORS = DISK_BYTES / 512;

    @TempDir
    private Path folder;
    private Path image;
    private byte[] disk;
    private FakeWriter qemu;
    private FakeAgent agent;
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        image = folder.resolve("disk.raw");
        disk = Rig.paint(image, DISK_BYTES, 1);
        qemu = new FakeWriter(image);
        agent = new FakeAgent(folder.resolve("agent.sock"));
        rig = new Rig(folder);
        rig.vmRuns(folder.resolve("agent.sock"), image, "raw");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        agent.close();
        qemu.close();
    }

    private ComposedFile live() throws Exception {
        agent.await("hello");
        final ComposedFile file = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS);
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);
        return file;
    }

    private byte[] sectors(final int first, final int length) {
        return Arrays.copyOfRange(disk, first * 512, first * 512 + length);
    }

    private void assertRefused(final ComposedFile file, final int errno, final String reason) {
        assertThatThrownBy(() -> read(file, 0, 100)).isInstanceOfSatisfying(ReadRefusedException.class, e -> {
            assertThat(e.errno()).isEqualTo(errno);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    @Test
    void shouldServeExactlyTheCommittedBytes() throws Exception {
        final ComposedFile file = live();

        assertThat(read(file, 0, 4_096)).isEqualTo(sectors(100, 1_000));
        assertThat(read(file, 1_000, 10)).isEmpty();
    }

    @Test
    void shouldGrowWithEachCommitAndShowHolesAsZeros() throws Exception {
        final ComposedFile file = live();

        agent.grow(FILE, 2_048, Extent.zeros(1_024, 512), new Extent(1_536, 7, 512));
        rig.awaitLength(file, 2_048);

        assertThat(read(file, 1_024, 512)).containsOnly(0);
        assertThat(read(file, 1_536, 512)).isEqualTo(sectors(7, 512));
    }

    @Test
    void shouldNotShowAFileThatWaitsForConsent() throws Exception {
        agent.await("hello");
        final ComposedFile file = rig.compose("/data/log");
        agent.say(FakeAgent.message("pending").put("id", agent.await("map").path("id").asText()).put("owner", "alice"));

        rig.awaitState(file, FileState.AWAITING_CONSENT);
        assertThat(rig.files.find(file.name())).isEmpty();
    }

    @Test
    void shouldGiveTheSameFileForTheSameWish() throws Exception {
        assertThat(rig.compose("/data/log")).isSameAs(rig.compose("/data/log"));
        assertThat(rig.compose("/data/log")).isNotSameAs(rig.compose("/data/other"));
    }

    @Test
    void shouldRefuseEveryReadAfterTheRevokeWasAcknowledged() throws Exception {
        final ComposedFile file = live();

        agent.revoke(FILE, "owner_revoked");
        while (agent.await("ack").path("sequence").asLong() < 4) {
            assertThat(file.status().state()).isNotNull();
        }

        assertRefused(file, 13, "owner_revoked");
        assertThat(file.attributes()).containsEntry("user.livemr.state", "REVOKED").containsEntry("user.livemr.reason", "owner_revoked");
    }

    @Test
    void shouldNotLetAGuestInventAReason() throws Exception {
        final ComposedFile file = live();

        agent.revoke(FILE, "owner_revoked\"} 1\nlivemr_vms 99");
        rig.awaitState(file, FileState.REVOKED);

        assertRefused(file, 13, "other");
    }

    @Test
    void shouldComeBackAfterANewEpochOnlyWithItsCommit() throws Exception {
        final ComposedFile file = live();
        final long before = agent.epoch();

        rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "block_job");
        assertThat(agent.await("resync").path("epoch").asLong()).isGreaterThan(before);
        agent.announce(before, true, FILE, 1_000, new Extent(0, 100, 1_024));

        assertRefused(file, 116, "block_job");
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);
        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
        assertThat(rig.count("livemr.rejected", "reason", "stale_epoch")).isPositive();
    }

    @Test
    void shouldRefuseWhenQemuNoLongerWritesToTheImage() throws Exception {
        final ComposedFile file = live();

        qemu.close();

        assertRefused(file, 116, "image_not_active");
        qemu = new FakeWriter(image);
        assertThat(read(file, 0, 1_000)).isEqualTo(sectors(100, 1_000));
    }

    @Test
    void shouldAskAgainByIdentityInANewSession() throws Exception {
        final ComposedFile file = live();

        agent.hangUp();
        rig.awaitState(file, FileState.STALE);
        agent.await("hello");
        final var again = agent.await("map");

        assertThat(again.path("file").path("inode").asLong()).isEqualTo(FILE.inode());
        agent.grant(again.path("id").asText(), FILE, SERIAL, SECTORS);
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(file, FileState.LIVE);
    }

    @Test
    void shouldRejectRecordsOfFilesThatWereNotGranted() throws Exception {
        agent.await("hello");

        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        agent.await("ack");

        assertThat(rig.count("livemr.rejected", "reason", "not_granted")).isEqualTo(3);
    }

    @Test
    void shouldMakeFilesStaleAndResyncAfterASequenceGap() throws Exception {
        final ComposedFile file = live();

        agent.skipSequence();
        agent.say(FakeAgent.message("heartbeat"));

        assertThat(agent.await("resync").path("reason").asText()).isEqualTo("sequence_gap");
        assertThat(file.status().state()).isEqualTo(FileState.STALE);
    }

    @Test
    void shouldRejectADiskOfAnotherSize() throws Exception {
        agent.await("hello");
        final ComposedFile file = rig.compose("/data/log");

        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS + 1);

        rig.awaitState(file, FileState.DENIED);
        assertThat(file.status().reason()).isEqualTo("unknown_disk");
    }

    @Test
    void shouldDenyADiskWhoseFlushesQemuIgnores() throws Exception {
        final ImageLayer layer = new ImageLayer(image, "raw");
        rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), new VmDisk("sda", SERIAL, null, List.of(layer), null, "unsafe"), "defined");
        agent.await("hello");
        final ComposedFile file = rig.compose("/data/log");

        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS);

        rig.awaitState(file, FileState.DENIED);
        assertThat(file.status().reason()).isEqualTo("unsafe_cache");
        assertThat(file.status().message()).contains("set cache to none, writeback or writethrough");
    }

    @Test
    void shouldTellAnAgentThatAnswersLateOfTheEpochThatCameMeanwhile() throws Exception {
        agent.await("hello");
        agent.answersHello(false);
        agent.hangUp();
        final long inHello = agent.await("hello").path("epoch").asLong();
        rig.vmIs(State.RUNNING, folder.resolve("agent.sock"), image, "raw", "block_job");

        agent.answerLastHello();

        assertThat(agent.await("resync").path("epoch").asLong()).isGreaterThan(inHello);
    }

    @Test
    void shouldFailWhenTheVmIsGoneForGood() throws Exception {
        final ComposedFile file = live();

        rig.vms.undefined(Rig.VM);

        assertRefused(file, 5, "vm_gone");
    }
}
