package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.extent.Extent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What QEMU's shared page does to reads. */
class SharedPageFlowTest extends MapChannelCase {

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
}
