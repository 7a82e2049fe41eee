package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.channel.Lines;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.Operation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stock kernel above a disk that takes map records. */
class DiskRouteIT {

    private static final long DISK_SECTORS = 400 * 2_048;

    private static LoopDisk disk;
    private final FakeDisk host = new FakeDisk(DISK_SECTORS);
    private AgentFixture agent;
    private Path file;

    @BeforeAll
    static void makeDisk() throws IOException {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.paintedExt4();
    }

    @AfterAll
    static void removeDisk() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        agent = new AgentFixture(disk);
        agent.command = host;
        file = Files.write(Files.createTempFile(disk.mount(), "log", ""), new byte[100_000]);
        agent.start();
    }

    @AfterEach
    void stop() throws IOException {
        host.refusal = FakeDisk.NONE;
        agent.close();
    }

    @Test
    void shouldSayThatRecordsGoToTheDiskAndSendThemThereOnly() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        Files.write(file, new byte[77_777], StandardOpenOption.APPEND);

        assertThat(host.committed(granted, 177_777).extents().covers(177_777)).isTrue();
        assertThat(granted.path("maps").asText()).isEqualTo("disk");
        assertThat(agent.composer.heard("extents")).isEmpty();
        assertThat(host.lists).allSatisfy(list -> assertThat(list).extracting(MapRecord::sequence).containsOnly(0L));
        assertThat(flags()).contains("a");
    }

    @Test
    void shouldSendNothingBeforeTheComposerAcknowledgesTheFile() throws Exception {
        final List<String> order = new CopyOnWriteArrayList<>();
        host.refusal = records -> order.add(records.isEmpty() ? "asked" : "records");
        agent.composer.acknowledge(false);
        final JsonNode granted = granted("m1");
        Files.write(file, new byte[10], StandardOpenOption.APPEND);
        agent.composer.say(Lines.of("resync").put("epoch", agent.composer.raiseEpoch()).put("reason", "test"));
        await().until(() -> agent.composer.heard("heartbeat").size() > 3);   // long enough for an agent that does not wait

        order.add("acknowledged");
        agent.composer.say(Lines.of("ack").put("sequence", granted.path("sequence").asLong()));
        host.committed(granted, 100_010);

        assertThat(order.subList(0, 3)).containsExactly("asked", "acknowledged", "records");
    }

    @Test
    void shouldServeOtherFilesWhileAComposerDoesNotAcknowledgeOne() throws Exception {
        agent.composer.acknowledge(false);
        granted("m1");
        agent.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        agent.composer.expect(line -> line.path("type").asText().equals("revoked"));

        await().untilAsserted(() -> assertThat(flags()).doesNotContain("a"));
        assertThat(host.count(Operation.BEGIN)).isZero();
    }

    @Test
    void shouldSendAFileOfManyExtentsInCommandsOf1024Records() throws Exception {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < 3_000; i++) {
                out.seek(200_000 + 8_192L * i);
                out.write(i);
            }
        }
        final JsonNode granted = granted("m1");

        assertThat(host.committed(granted, Files.size(file)).extents().size()).isGreaterThan(5_000);
        assertThat(host.lists).hasSizeGreaterThan(4).allMatch(list -> list.size() <= 1_024);
    }

    @Test
    void shouldWithdrawAndAnnounceTheWholeFileAfterACommandThatFailed() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        final AtomicInteger failures = new AtomicInteger();
        host.refusal = records -> {
            if (records.get(0).operation() != Operation.REVOKE && failures.incrementAndGet() == 1) {
                throw new IOException("status=2");
            }
        };

        Files.write(file, new byte[5_000], StandardOpenOption.APPEND);

        assertThat(host.committed(granted, 105_000).extents().covers(105_000)).isTrue();
        final List<List<MapRecord>> after = host.lists.subList(1, host.lists.size());
        assertThat(after.get(0)).extracting(MapRecord::operation).containsExactly(Operation.REVOKE);
        assertThat(after.get(1).get(0).operation()).isEqualTo(Operation.BEGIN);
        assertThat(counter("announcements_failed")).isEqualTo(1);
    }

    @Test
    void shouldTryAtMostOnceASecondWhileTheDiskFails() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        final AtomicInteger tries = new AtomicInteger();
        host.refusal = records -> {
            if (records.get(0).operation() != Operation.REVOKE) {
                tries.incrementAndGet();
                throw new IOException("status=2");
            }
        };
        final long beganNanos = System.nanoTime();
        for (int i = 0; tries.get() < 3; i++) {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
        }

        assertThat((System.nanoTime() - beganNanos) / 1_000_000).isGreaterThan(1_900);
    }

    @Test
    void shouldUnpinOnlyWhenTheDiskHasTakenTheRevocation() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        final List<String> flagsAtRevoke = new CopyOnWriteArrayList<>();
        host.refusal = records -> {
            flagsAtRevoke.add(flags());
            if (flagsAtRevoke.size() == 1) {
                throw new IOException("status=8");
            }
        };

        agent.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        await().untilAsserted(() -> assertThat(flags()).doesNotContain("a"));

        assertThat(flagsAtRevoke).hasSize(2).allMatch(flags -> flags.contains("a"));
        assertThat(host.mapOf(granted)).isNull();
    }

    @Test
    void shouldUseTheChannelWhenTheVmHasComeToAHostThatTakesNoRecords() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        host.refusal = FakeDisk.GONE;

        Files.write(file, new byte[5_000], StandardOpenOption.APPEND);

        assertThat(agent.composer.committed(granted, 105_000).lengthBytes()).isEqualTo(105_000);
        assertThat(agent.composer.heard("granted")).extracting(line -> line.path("maps").asText())
                .containsExactly("disk", "");
        assertThat(flags()).contains("a");
    }

    @Test
    void shouldAnnounceInTheNewEpochAfterAResync() throws Exception {
        final JsonNode granted = granted("m1");
        host.committed(granted, 100_000);
        final long epoch = agent.composer.raiseEpoch();
        agent.composer.say(Lines.of("resync").put("epoch", epoch).put("reason", "test"));

        await().until(() -> host.count(Operation.BEGIN) == 2);
        assertThat(host.lists.get(1)).extracting(MapRecord::epoch).containsOnly(epoch);
    }

    private JsonNode granted(final String id) throws IOException {
        agent.composer.map(id, file, "ana", 600);
        return agent.composer.answer(id, "granted");
    }

    private int counter(final String name) throws IOException {
        agent.composer.say(Lines.of("status", "s"));
        return agent.composer.answer("s", "status").path("counters").path(name).asInt();
    }

    private String flags() throws IOException {
        return LoopDisk.run("lsattr", file.toString()).split(" ")[0];
    }
}
