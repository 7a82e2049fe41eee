package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.ComposeRequest.Source;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileEvents;
import io.livemr.composer.file.FileState;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Files of a patched guest that become shorter. */
class TruncatedFileTest extends MapChannelCase {

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
        Awaitility.await().untilAsserted(() -> assertThat(told).containsExactly(1_000L, 300L, 900L));
        assertThat(file.status().state()).isEqualTo(FileState.LIVE);
    }

    private List<Long> lengths() {
        final List<Long> told = new CopyOnWriteArrayList<>();
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
}
