package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.extent.Extent;
import org.junit.jupiter.api.Test;

/** Who may say what of which file, where records come by two ways. */
class MapWayTest extends MapChannelCase {

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
}
