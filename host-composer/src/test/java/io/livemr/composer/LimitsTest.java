package io.livemr.composer;

import static io.livemr.composer.Rig.FILE;
import static io.livemr.composer.Rig.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.file.ComposeException;
import io.livemr.composer.file.ComposedFile;
import io.livemr.composer.file.ComposedFiles.ComposeLimits;
import io.livemr.composer.file.FileState;
import io.livemr.composer.grant.GrantLimits;
import io.livemr.composer.session.MapRequest;
import io.livemr.composer.session.SessionSettings;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guests and clients may make the composer remember and do, at each limit and beyond it. */
class LimitsTest {

    private static final int SECTORS = 256;
    private static final int LINE_LIMIT_BYTES = 16 << 10;
    private static final int BYTES_PER_SECOND = 64 << 10;
    private static final int LINE_COST_BYTES = 512;
    private static final SessionSettings SESSION = new SessionSettings(
            10_000, 5_000, LINE_LIMIT_BYTES, BYTES_PER_SECOND, BYTES_PER_SECOND, 3, 16, new GrantLimits(2, 3));

    @TempDir
    private Path folder;
    private FakeWriter qemu;
    private FakeAgent agent;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        Rig.paint(folder.resolve("disk.raw"), SECTORS * 512, 1);
        qemu = new FakeWriter(folder.resolve("disk.raw"));
        agent = new FakeAgent(folder.resolve("agent.sock"));
        rig = new Rig(folder, SESSION, new ComposeLimits(4, 3));
        rig.vmRuns(folder.resolve("agent.sock"), folder.resolve("disk.raw"), "raw");
        agent.await("hello");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        agent.close();
        qemu.close();
    }

    @Test
    void shouldHearAVmThatSaysTooMuchOnlyAtItsRate() throws Exception {
        final long began = System.nanoTime();
        final int lines = 3 * BYTES_PER_SECOND / LINE_COST_BYTES;
        for (int i = 0; i < lines; i++) {
            agent.say(FakeAgent.message("status"));
        }
        live("/after");

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThan(1_900);
        awaitRejected("rate_limited");
    }

    @Test
    void shouldSkipALineThatIsTooLongAndGoOn() throws Exception {
        agent.sayRaw("{\"type\":\"status\",\"x\":\"" + "x".repeat(LINE_LIMIT_BYTES) + "\"}\n");
        live("/after");

        awaitRejected("line_too_long");
    }

    @Test
    void shouldRememberSoManyFilesOfOneVm() throws Exception {
        live("/1");
        grant(rig.compose("/2"), 2);
        final ComposedFile third = rig.compose("/3");
        grant(third, 3);

        rig.awaitReason(third, "too_many_files");
        awaitRejected("too_many_files");
        agent.revoke(file(2), "owner_revoked");
        final ComposedFile fourth = rig.compose("/4");
        grant(fourth, 4);
        agent.announce(file(4), 512, extent(0, 2));
        rig.awaitState(fourth, FileState.LIVE);
    }

    @Test
    void shouldRememberSoManyExtentsOfOneFile() throws Exception {
        final ComposedFile file = live("/1");
        agent.announce(FILE, 4 * 512, extent(0, 9), extent(1, 7), extent(2, 5), extent(3, 3));
        rig.awaitState(file, FileState.STALE);

        awaitRejected("too_many_extents");
    }

    @Test
    void shouldAskAVmsOwnersSoManyQuestionsAtATime() throws Exception {
        for (int i = 0; i < 3; i++) {
            rig.compose("/" + i);
        }
        assertThatThrownBy(() -> rig.compose("/3")).isInstanceOfSatisfying(ComposeException.class, refused -> {
            assertThat(refused.reason()).isEqualTo("busy");
            assertThat(refused).hasMessageContaining("vm=vm1 has 3 requests");
        });
    }

    @Test
    void shouldEndTheSessionOfAGuestThatDoesNotReadAndBeginAnother() throws Exception {
        live("/1");
        agent.stopsReading();
        await().until(() -> {
            rig.vms.find("vm1").orElseThrow().release(new MapRequest("1", "/" + "long".repeat(1_000), "bob", 0, null));
            return rig.count("livemr.rejected", "reason", "guest_does_not_read") > 0;
        });
        agent.readsAgain();

        await().until(() -> agent.sessions() > 1);
    }

    @Test
    void shouldCountDeletedFilesUntilTheirAgentsHaveHeardOfIt() throws Exception {
        live("/1");
        agent.close();
        await().until(() -> rig.gauge("livemr.sessions") == 0);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.files.delete(rig.compose("/gone" + i).name())).isTrue();
        }

        assertThatThrownBy(() -> rig.compose("/5")).isInstanceOfSatisfying(ComposeException.class, refused -> {
            assertThat(refused.reason()).isEqualTo("too_many_files");
            assertThat(refused).hasMessageContaining("3 deleted");
        });
        assertThat(rig.gauge("livemr.files.deleted")).isEqualTo(3);
        assertThat(rig.gauge("livemr.files.limit")).isEqualTo(4);
    }

    private void awaitRejected(final String reason) {
        await(reason).until(() -> rig.count("livemr.rejected", "reason", reason) > 0);
    }

    private ComposedFile live(final String path) throws Exception {
        final ComposedFile file = rig.compose(path);
        grant(file, 1);
        agent.announce(FILE, 512, extent(0, 1));
        rig.awaitState(file, FileState.LIVE);
        return file;
    }

    private void grant(final ComposedFile file, final int number) throws IOException {
        JsonNode asked = agent.await("map");
        while (!asked.path("id").asText().startsWith(file.name())) {
            asked = agent.await("map");
        }
        agent.grant(asked.path("id").asText(), file(number), SERIAL, SECTORS);
    }

    private static FileId file(final int number) {
        return new FileId(FILE.fsUuid(), FILE.inode() + number - 1, FILE.generation());
    }

    private static Extent extent(final int fileSector, final int diskSector) {
        return new Extent(fileSector * 512L, diskSector, 512);
    }
}
