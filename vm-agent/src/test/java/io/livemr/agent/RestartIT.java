package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.grant.DurableJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent in a process of its own, killed with SIGKILL. */
class RestartIT {

    private LoopDisk disk;
    private AgentFixture fixture;
    private AgentProcess agent;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.ext4("", "");
        fixture = new AgentFixture(disk);
        file = Files.write(disk.mount().resolve("log"), new byte[100_000]);
        startAgent();
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        fixture.closeComposer();
        disk.close();
    }

    @Test
    void shouldTakeUpGrantsAfterSigkillAndSeeWhatWasWrittenMeanwhile() throws Exception {
        final JsonNode granted = map();
        kill();
        assertThatThrownBy(() -> LoopDisk.run("truncate", "-s", "0", file.toString())).hasMessageContaining("not permitted");
        Files.write(file, new byte[50_000], StandardOpenOption.APPEND);

        startAgent();
        mapAgain(granted);

        assertThat(fixture.composer.answer("m2").path("type").asText()).isEqualTo("granted");
        assertThat(fixture.composer.committed(granted, 150_000).lengthBytes()).isEqualTo(150_000);
    }

    @Test
    void shouldUnpinAVoidGrantOnlyWhenThePredecessorsLeaseIsOver() throws Exception {
        final long leaseMillis = 5_000;   // longer than a start takes
        fixture.composer.hello(leaseMillis);
        final JsonNode granted = map();
        kill();
        LoopDisk.run("chattr", "-a", file.toString());
        LoopDisk.run("setfattr", "-x", "trusted.livemr", file.toString());
        LoopDisk.run("chattr", "+a", file.toString());

        final long beganNanos = System.nanoTime();
        fixture.composer.acknowledge(false);
        agent = new AgentProcess(fixture.settings, "", AgentProcess.CLASSES.option());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !LoopDisk.run("lsattr", file.toString()).split(" ")[0].contains("a"));

        assertThat((System.nanoTime() - beganNanos) / 1_000_000).isGreaterThan(leaseMillis * 3 / 2);
        fixture.composer.begin(AgentFixture.LEASE_MILLIS);
        mapAgain(granted);
        assertThat(fixture.composer.answer("m2").path("reason").asText()).isEqualTo("grant_void");
    }

    @Test
    void shouldFinishAPinThatACrashCutOff() throws Exception {
        final JsonNode granted = map();
        kill();
        final DurableJson index = new DurableJson(fixture.settings.state.resolve("grants.json"), Lines.JSON, "");
        index.write(Lines.JSON.readTree(index.read().toString().replace("\"pinned\":true", "\"pinned\":false")));
        LoopDisk.run("chattr", "-a", file.toString());
        LoopDisk.run("setfattr", "-x", "trusted.livemr", file.toString());

        startAgent();
        mapAgain(granted);

        assertThat(fixture.composer.answer("m2").path("type").asText()).isEqualTo("granted");
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");
    }

    @Test
    void shouldFinishARevocationThatACrashCutOff() throws Exception {
        map();
        fixture.composer.acknowledge(false);
        fixture.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        fixture.composer.expect(line -> line.path("type").asText().equals("revoked"));
        kill();
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");

        fixture.composer.acknowledge(true);
        startAgent();

        await().until(() -> !LoopDisk.run("lsattr", file.toString()).split(" ")[0].contains("a"));
        await().until(() -> !Files.readString(fixture.settings.state.resolve("grants.json")).contains("inode"));
    }

    @Test
    void shouldLeaveAnOwnersOwnAppendOnlyFlag() throws Exception {
        LoopDisk.run("chattr", "+a", file.toString());
        map();
        fixture.composer.say(Lines.of("unmap", "u").put("path", file.toString()).put("requester", "ana"));
        fixture.composer.expect(line -> line.path("type").asText().equals("revoked"));

        await().until(() -> !Files.readString(fixture.settings.state.resolve("grants.json")).contains("inode"));
        assertThat(LoopDisk.run("lsattr", file.toString()).split(" ")[0]).contains("a");
        assertThat(LoopDisk.run("getfattr", "-d", "-m", "-", file.toString())).isEmpty();
    }

    private JsonNode map() throws IOException {
        fixture.composer.map("m1", file, "ana", 600);
        final JsonNode granted = fixture.composer.answer("m1", "granted");
        fixture.composer.committed(granted, 100_000);
        return granted;
    }

    private void mapAgain(final JsonNode granted) throws IOException {
        final ObjectNode again = Lines.of("map", "m2").put("path", file.toString()).put("requester", "ana");
        again.set("file", granted.path("file"));
        fixture.composer.say(again);
    }

    private void startAgent() throws IOException {
        agent = new AgentProcess(fixture.settings, "", AgentProcess.CLASSES.option());
        fixture.composer.begin(AgentFixture.LEASE_MILLIS);
    }

    private void kill() throws Exception {
        agent.close();
        fixture.composer.hangUp();
    }
}
