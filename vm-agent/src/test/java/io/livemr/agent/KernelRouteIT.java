package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kernel that tells maps itself, faked; the files are on the running kernel's ext4. */
class KernelRouteIT {

    private static LoopDisk disk;
    private final FakeKernel kernel = new FakeKernel();
    private final FakeDisk host = new FakeDisk(400 * 2_048);
    private AgentFixture agent;
    private Path file;

    @BeforeAll
    static void makeDisk() throws IOException {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.ext4("", "");
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
        agent.kernel = kernel;
        file = Files.write(Files.createTempFile(disk.mount(), "log", ""), new byte[100_000]);
        agent.start();
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    @Test
    void shouldLeaveTheFileFreeAndSayNothingOfItsBlocks() throws Exception {
        final JsonNode granted = granted();
        await().until(() -> kernel.asked.contains("announce 1"));

        Files.write(file, new byte[10_000], StandardOpenOption.APPEND);
        LoopDisk.run("truncate", "-s", "5", file.toString());
        Files.move(file, Path.of(file + ".1"));
        agent.composer.say(Lines.of("status", "s"));
        final JsonNode status = agent.composer.answer("s", "status");

        assertThat(granted.path("maps").asText()).isEqualTo("disk");
        assertThat(status.path("files").path(0).path("maps").asText()).isEqualTo("kernel");
        assertThat(LoopDisk.run("lsattr", file + ".1").split(" ")[0]).doesNotContain("a");
        assertThat(LoopDisk.run("getfattr", "-d", "-m", "-", file + ".1")).contains("trusted.livemr");
        assertThat(agent.composer.heard("extents")).isEmpty();
        assertThat(agent.composer.heard("revoked")).isEmpty();
        assertThat(host.lists).isEmpty();
    }

    @Test
    void shouldAskTheKernelOnceInEachEpochAndNotBeforeTheComposerKnowsTheFile() throws Exception {
        agent.composer.acknowledge(false);
        final JsonNode granted = granted();
        agent.composer.say(Lines.of("resync").put("epoch", agent.composer.raiseEpoch()).put("reason", "test"));
        agent.composer.say(Lines.of("ack").put("sequence", granted.path("sequence").asLong()));
        await().until(() -> kernel.asked.contains("announce 2"));
        agent.composer.acknowledge(true);
        agent.composer.say(Lines.of("resync").put("epoch", agent.composer.raiseEpoch()).put("reason", "test"));
        await().until(() -> kernel.asked.contains("announce 3"));

        assertThat(kernel.asked).containsExactly("probe", "announce 2", "announce 3");
    }

    @Test
    void shouldLeaveTheMapAloneWhenASecondRequesterJoins() throws Exception {
        granted();
        await().until(() -> kernel.asked.contains("announce 1"));
        agent.allow("{\"allow\":[{\"requester\":\"eve\",\"paths\":[\"" + disk.mount() + "/**\"]}]}");

        agent.composer.map("m2", file, "eve", 600);
        agent.composer.answer("m2", "granted");

        assertThat(kernel.asked).containsExactly("probe", "announce 1");
    }

    @Test
    void shouldWithdrawAndThenTakeTheAttributeWhenTheGrantEnds() throws Exception {
        granted();
        await().until(() -> kernel.asked.contains("announce 1"));

        agent.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        await().untilAsserted(() ->
                assertThat(LoopDisk.run("getfattr", "-d", "-m", "-", file.toString())).isEmpty());

        assertThat(kernel.asked).containsExactly("probe", "announce 1", "withdraw");
        assertThat(agent.composer.heard("revoked")).hasSize(1);
    }

    @Test
    void shouldRevokeAFileThatWasDeletedOrGivenAway() throws Exception {
        granted();
        await().until(() -> kernel.asked.contains("announce 1"));
        Files.delete(file);
        kernel.takeBack();
        agent.composer.expect(line -> line.path("reason").asText().equals("grant_void"));
        await().until(() -> !Files.readString(agent.settings.state.resolve("grants.json")).contains("inode"));

        file = Files.write(disk.mount().resolve("other"), new byte[10]);
        agent.composer.forget();
        granted();
        LoopDisk.run("chown", "nobody", file.toString());
        agent.composer.expect(line -> line.path("reason").asText().equals("grant_void"));
    }

    @Test
    void shouldAnnounceAgainWhenTheKernelFailed() throws Exception {
        kernel.announceErrno = 5;
        granted();
        await().until(() -> kernel.asked.contains("announce 1"));
        kernel.announceErrno = 0;

        await().until(() -> kernel.asked.stream().filter("announce 1"::equals).count() == 2);
        assertThat(kernel.asked).containsExactly("probe", "announce 1", "withdraw", "announce 1");
    }

    @Test
    void shouldPinTheFileAndSpeakForItWhenTheKernelCannot() throws Exception {
        kernel.announceErrno = KernelException.EOPNOTSUPP;
        final JsonNode granted = granted();

        assertThat(host.committed(granted, 100_000).lengthBytes()).isEqualTo(100_000);
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");
        Files.write(file, new byte[10_000], StandardOpenOption.APPEND);
        host.committed(granted, 110_000);
    }

    @Test
    void shouldTakeUpAGrantWithoutPinningWhatTheKernelKeeps() throws Exception {
        final JsonNode granted = granted();
        restart();
        mapAgain(granted);

        await().until(() -> kernel.asked.contains("announce 2"));
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).doesNotContain("a");
    }

    @Test
    void shouldPinWhatAnotherKernelKeptBefore() throws Exception {
        final JsonNode granted = granted();
        kernel.probeErrno = KernelException.ENOTTY;
        restart();
        mapAgain(granted);

        host.committed(granted, 100_000);
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");
        assertThat(Files.readString(agent.settings.state.resolve("grants.json"))).contains("\"maps\":\"disk\"");
    }

    private void restart() throws IOException {
        agent.stopAgent();
        agent.start();
    }

    private JsonNode granted() throws IOException {
        agent.composer.map("m1", file, "ana", 600);
        return agent.composer.answer("m1", "granted");
    }

    private void mapAgain(final JsonNode granted) throws IOException {
        final ObjectNode again = Lines.of("map", "m2").put("path", file.toString()).put("requester", "ana");
        again.set("file", granted.path("file"));
        agent.composer.say(again);
        assertThat(agent.composer.answer("m2").path("type").asText()).isEqualTo("granted");
    }
}
