package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.channel.Lines;
import io.livemr.extent.Extent;
import io.livemr.extent.wire.CommittedMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnounceIT {

    private static LoopDisk disk;
    private AgentFixture agent;

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
        agent = new AgentFixture(disk).start();
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    @Test
    void shouldAnnounceWhereEveryByteIs() throws Exception {
        final byte[] content = randomBytes(1, 3_000_001);
        Files.write(agent.file("plain"), content);

        agent.composer.map("m1", agent.file("plain"), "ana", 600);
        final JsonNode granted = agent.composer.answer("m1", "granted");
        final CommittedMap map = agent.composer.committed(granted, content.length);

        assertThat(granted.path("by").asText()).isEqualTo("policy");
        assertThat(granted.path("owner").asText()).isEqualTo("root");
        assertThat(granted.path("disk").path("sectors").asLong()).isEqualTo(400 * 2_048);
        assertThat(map.lengthBytes()).isEqualTo(content.length);
        assertThat(digest(disk.bytesOf(map))).isEqualTo(digest(content));
    }

    @Test
    void shouldAnnounceHolesAndUnwrittenBlocksAsZeros() throws Exception {
        final Path file = agent.file("sparse");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(randomBytes(2, 5_000));
            out.seek(1_000_000);
            out.write(randomBytes(3, 5_000));
        }
        LoopDisk.run("fallocate", "-o", "2000000", "-l", "1000000", file.toString());

        agent.composer.map("m2", file, "ana", 600);
        final CommittedMap map = agent.composer.committed(agent.composer.answer("m2", "granted"), 3_000_000);

        assertThat(digest(disk.bytesOf(map))).isEqualTo(digest(Files.readAllBytes(file)));
        assertThat(map.extents().stream().filter(Extent::isZeros)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldFollowGrowthToTheByte() throws Exception {
        final Path file = agent.file("growing");
        Files.write(file, randomBytes(4, 700));
        agent.composer.map("m3", file, "ana", 600);
        final JsonNode granted = agent.composer.answer("m3", "granted");
        agent.composer.committed(granted, 700);

        long length = 700;
        for (int i = 0; i < 50; i++) {
            Files.write(file, randomBytes(5 + i, 777), StandardOpenOption.APPEND);
            length += 777;
            agent.composer.committed(granted, length);
        }

        assertThat(digest(disk.bytesOf(agent.composer.committed(granted, length)))).isEqualTo(digest(Files.readAllBytes(file)));
    }

    @Test
    void shouldAnnounceAgainAfterResyncAndInANewSession() throws Exception {
        final Path file = agent.file("again");
        Files.write(file, randomBytes(6, 10_000));
        agent.composer.map("m4", file, "ana", 600);
        final JsonNode granted = agent.composer.answer("m4", "granted");
        agent.composer.committed(granted, 10_000);

        final int before = agent.composer.heard("extents").size();
        agent.composer.say(Lines.of("resync").put("epoch", agent.composer.raiseEpoch()).put("reason", "test"));
        agent.composer.expect(line -> agent.composer.heard("extents").size() > before);
        agent.composer.hello(AgentFixture.LEASE_MILLIS);
        final var again = Lines.of("map", "m5").put("path", file.toString()).put("requester", "ana");
        again.set("file", granted.path("file"));
        agent.composer.say(again);

        assertThat(agent.composer.answer("m5").path("type").asText()).isEqualTo("granted");
        assertThat(digest(disk.bytesOf(agent.composer.committed(granted, 10_000)))).isEqualTo(digest(Files.readAllBytes(file)));
    }

    @Test
    void shouldPinWhileGrantedAndLetGoAfterwards() throws Exception {
        final Path file = agent.file("pinned");
        Files.write(file, randomBytes(7, 100_000));
        agent.composer.map("m6", file, "ana", 600);
        final JsonNode granted = agent.composer.answer("m6", "granted");
        agent.composer.committed(granted, 100_000);

        for (final String[] command : new String[][] {
                {"truncate", "-s", "5", file.toString()}, {"rm", "-f", file.toString()},
                {"mv", file.toString(), file + "2"}, {"fallocate", "-p", "-o", "0", "-l", "4096", file.toString()},
                {"sh", "-c", "echo x > " + file}, {"ln", file.toString(), file + "3"}}) {
            assertThatThrownBy(() -> LoopDisk.run(command)).hasMessageContaining("not permitted");
        }
        agent.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        agent.composer.expect(line -> line.path("type").asText().equals("revoked")
                && line.path("reason").asText().equals("unmapped"));

        await().untilAsserted(() ->
                assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).doesNotContain("a"));
        LoopDisk.run("truncate", "-s", "5", file.toString());
        assertThat(LoopDisk.run("getfattr", "-d", "-m", "-", file.toString())).isEmpty();
    }

    @Test
    void shouldSendAFileOfManyExtentsInLinesOfBoundedLength() throws Exception {
        final Path file = agent.file("fragmented");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < 3_000; i++) {
                out.seek(8_192L * i);
                out.write(randomBytes(i, 4_096));
            }
        }

        agent.composer.map("m7", file, "ana", 600);
        final CommittedMap map = agent.composer.committed(agent.composer.answer("m7", "granted"), file.toFile().length());

        assertThat(map.extents().size()).isGreaterThan(5_000);
        assertThat(agent.composer.heard("extents")).hasSizeGreaterThan(5);
        assertThat(digest(disk.bytesOf(map))).isEqualTo(digest(Files.readAllBytes(file)));
    }

    @Test
    void shouldAnnounceAHoleThatIsFilledThroughADescriptorFromBeforeThePin() throws Exception {
        final Path file = agent.file("filled");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(100_000);
            agent.composer.map("m8", file, "ana", 600);
            final JsonNode granted = agent.composer.answer("m8", "granted");
            agent.composer.committed(granted, 100_000);

            out.seek(40_000);
            out.write(randomBytes(8, 9_000));

            await().untilAsserted(() -> assertThat(digest(disk.bytesOf(agent.composer.committed(granted, 100_000))))
                    .isEqualTo(digest(Files.readAllBytes(file))));
        }
    }

    @Test
    void shouldFollowAWriterThatDoesNotWait() throws Exception {
        final Path file = agent.file("busy");
        Files.write(file, randomBytes(9, 100));
        agent.composer.map("m9", file, "ana", 600);
        final JsonNode granted = agent.composer.answer("m9", "granted");

        try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 4_000; i++) {
                out.write(randomBytes(i, 1 + i % 9_000));
            }
        }

        final CommittedMap map = agent.composer.committed(granted, Files.size(file));
        assertThat(digest(disk.bytesOf(map))).isEqualTo(digest(Files.readAllBytes(file)));
    }

    @Test
    void shouldCountWhatItRefusedAndReportIt() throws Exception {
        agent.composer.sayRaw("no json\n{\"type\":\"dance\"}\n");
        agent.composer.map("m10", agent.file("nothing"), "ana", 600);
        agent.composer.say(Lines.of("status", "s1"));

        final JsonNode rejected = agent.composer.answer("s1", "status").path("rejected");
        assertThat(rejected.path("malformed").asInt()).isEqualTo(1);
        assertThat(rejected.path("unknown_type").asInt()).isEqualTo(1);
        assertThat(rejected.path("no_such_file").asInt()).isEqualTo(1);
        assertThat(agent.composer.answer("m10").path("message").asText()).contains("is not there");
    }

    @Test
    void shouldTakeUpWhenTheComposerComesBack() throws Exception {
        final Path file = agent.file("back");
        Files.write(file, randomBytes(11, 10_000));
        agent.composer.map("m11", file, "ana", 600);
        final JsonNode granted = agent.composer.answer("m11", "granted");
        agent.composer.sayRaw("{\"type\":\"half");
        agent.composer.hangUp();

        agent.composer.begin(AgentFixture.LEASE_MILLIS);
        agent.composer.map("m12", file, "ana", 600);

        assertThat(agent.composer.answer("m12", "granted").path("file")).isEqualTo(granted.path("file"));
        agent.composer.committed(granted, 10_000);
    }

    @Test
    void shouldRepeatTheComposersClockInHeartbeats() throws Exception {
        agent.composer.say(Lines.of("heartbeat").put("at", 77));

        agent.composer.expect(line -> line.path("type").asText().equals("heartbeat") && line.path("at").asLong() == 77);
    }

    private static String digest(final byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] randomBytes(final long seed, final int count) {
        final byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
