package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static io.livemr.composer.Rig.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.file.ComposeRequest;
import io.livemr.composer.file.ComposeRequest.Source;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.FileState;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A composer that ends without a word, and the one that comes after it on the same state folder. */
class RestartTest {

    private static final long SECTORS = 2_048;
    private static final FileId OTHER = new FileId(FILE.fsUuid(), 99, 1);

    @TempDir
    private Path folder;
    private byte[] disk;
    private FakeWriter qemu;
    private FakeAgent agent;
    private Rig rig;

    @BeforeEach
    void start() throws Exception {
        disk = Rig.paint(folder.resolve("disk.raw"), (int) SECTORS * 512, 2);
        qemu = new FakeWriter(folder.resolve("disk.raw"));
        agent = new FakeAgent(folder.resolve("agent.sock"));
        startComposer();
    }

    private void startComposer() throws Exception {
        rig = new Rig(folder);
        rig.vmRuns(folder.resolve("agent.sock"), folder.resolve("disk.raw"), "raw");
        agent.await("hello");
    }

    /** What is in memory is lost; nothing is saved on the way out. */
    private void restart() throws Exception {
        rig.close();
        startComposer();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        agent.close();
        qemu.close();
    }

    private ComposedFile composeTwo() throws Exception {
        return rig.files.compose(new ComposeRequest("bob", List.of(new Source("vm1", "/a"), new Source("vm1", "/b")), null));
    }

    private void answerBoth() throws Exception {
        for (int i = 0; i < 2; i++) {
            final JsonNode map = agent.await("map");
            agent.grant(map.path("id").asText(), map.path("path").asText().equals("/a") ? FILE : OTHER, SERIAL, SECTORS);
        }
    }

    private void announceBoth(final int lengthOfA, final int lengthOfB) throws Exception {
        agent.announce(FILE, lengthOfA, new Extent(0, 100, 1_024));
        agent.announce(OTHER, lengthOfB, new Extent(0, 200, 1_024));
    }

    private void assertBytes(final ComposedFile file, final int lengthOfA, final int lengthOfB) throws Exception {
        final byte[] expected = new byte[lengthOfA + lengthOfB];
        System.arraycopy(disk, 100 * 512, expected, 0, lengthOfA);
        System.arraycopy(disk, 200 * 512, expected, lengthOfA, lengthOfB);
        assertThat(read(file, 0, 4_096)).isEqualTo(expected);
    }

    @Test
    void shouldKeepEachOffsetWhenAnEarlierSourceGrewMeanwhile() throws Exception {
        final ComposedFile before = composeTwo();
        answerBoth();
        announceBoth(1_000, 500);
        rig.awaitState(before, FileState.LIVE);
        agent.grow(FILE, 1_024);
        agent.grow(OTHER, 600);
        rig.awaitLength(before, 1_600);
        assertBytes(before, 1_000, 600);

        restart();
        final ComposedFile after = rig.files.get(before.name()).orElseThrow();
        assertThat(after.status().state()).isEqualTo(FileState.STALE);
        assertThat(after.inode()).isEqualTo(before.inode());
        answerBoth();
        announceBoth(1_024, 700);

        rig.awaitState(after, FileState.LIVE);
        assertBytes(after, 1_000, 700);
    }

    @Test
    void shouldAskAgainForAWishThatNobodyAnsweredYet() throws Exception {
        final String name = rig.compose("/data/log").name();
        agent.await("map");

        restart();

        final JsonNode map = agent.await("map");
        assertThat(map.path("id").asText()).isEqualTo(name + "/0");
        assertThat(map.has("file")).isFalse();
    }

    @Test
    void shouldRevokeAFileWhoseGrantEndedMeanwhile() throws Exception {
        final ComposedFile before = composeTwo();
        answerBoth();
        announceBoth(1_000, 500);
        rig.awaitState(before, FileState.LIVE);

        restart();
        final JsonNode map = agent.await("map");
        agent.say(FakeAgent.message("denied").put("id", map.path("id").asText()).put("reason", "expired").put("message", "over"));

        final ComposedFile after = rig.files.get(before.name()).orElseThrow();
        rig.awaitState(after, FileState.REVOKED);
        assertThat(after.status().reason()).isEqualTo("expired");
    }

    @Test
    void shouldRevokeAFileWhosePathNamesAnotherFileNow() throws Exception {
        final ComposedFile before = rig.compose("/data/log");
        agent.grant(agent.await("map").path("id").asText(), FILE, SERIAL, SECTORS);
        agent.announce(FILE, 1_000, new Extent(0, 100, 1_024));
        rig.awaitState(before, FileState.LIVE);

        restart();
        agent.grant(agent.await("map").path("id").asText(), OTHER, SERIAL, SECTORS);

        final ComposedFile after = rig.files.get(before.name()).orElseThrow();
        rig.awaitState(after, FileState.REVOKED);
        assertThat(after.status().reason()).isEqualTo("grant_void");
    }

    @Test
    void shouldTellTheAgentOfADeletionItMissed() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.await("map");
        agent.answersHello(false);
        agent.hangUp();
        agent.await("hello");
        rig.files.delete(file.name());

        agent.answersHello(true);
        restart();

        assertThat(agent.await("unmap").path("path").asText()).isEqualTo("/data/log");
        assertThat(rig.files.get(file.name())).isEmpty();
    }

    @Test
    void shouldTellTheAgentAgainOfADeletionThatItDidNotTakeIn() throws Exception {
        final ComposedFile file = rig.compose("/data/log");
        agent.await("map");
        agent.answersHeartbeat(false);      // as one that was killed: the port takes what nobody reads
        rig.files.delete(file.name());
        agent.await("unmap");

        agent.hangUp();

        assertThat(agent.await("unmap").path("path").asText()).isEqualTo("/data/log");
    }
}
