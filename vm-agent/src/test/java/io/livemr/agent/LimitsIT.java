package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.channel.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What composers and local users may make the agent remember and do, at each limit and beyond it. */
class LimitsIT {

    private static final int CONNECTIONS = 32;
    private LoopDisk disk;
    private AgentFixture agent;

    @BeforeEach
    void start() throws IOException {
        LoopDisk.requireRootAndLoop();
        disk = LoopDisk.ext4("", "");
        agent = new AgentFixture(disk);
        agent.settings.fileLimit = 2;
        agent.settings.requestLimit = 2;
    }

    @AfterEach
    void stop() throws IOException {
        if (agent != null) {
            agent.close();
            disk.close();
        }
    }

    @Test
    void shouldGrantSoManyFilesAndMoreWhenOneIsGivenBack() throws Exception {
        agent.start();
        final JsonNode first = asked("f1");
        assertThat(first.path("type").asText()).as(first.toString()).isEqualTo("granted");
        assertThat(asked("f2").path("type").asText()).isEqualTo("granted");

        final JsonNode third = asked("f3");
        assertThat(third.path("reason").asText()).isEqualTo("busy");
        assertThat(third.path("message").asText()).contains("limit=2", "unmap one first");

        agent.composer.say(Lines.of("unmap", "f1").put("path", agent.file("f1").toString()).put("requester", "ana"));
        agent.composer.expect(line -> line.path("type").asText().equals("revoked"));
        await().until(() -> asked("f4").path("type").asText().equals("granted"));
    }

    @Test
    void shouldKeepSoManyQuestionsOpen() throws Exception {
        agent.allow("{\"allow\":[]}");
        agent.start();
        assertThat(asked("q1").path("type").asText()).isEqualTo("pending");
        assertThat(asked("q2").path("type").asText()).isEqualTo("pending");

        final JsonNode third = asked("q3");
        assertThat(third.path("reason").asText()).isEqualTo("busy");
        assertThat(third.path("message").asText()).contains("limit=2", "wait for answers");
        agent.composer.map("again", agent.file("q1"), "ana", 600);
        assertThat(agent.composer.answer("again").path("type").asText()).as("the same question").isEqualTo("pending");
    }

    @Test
    void shouldHangUpOnMoreLocalUsersThanItServesAtATime() throws Exception {
        agent.start();
        final List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            silent.add(connect());
        }
        try (SocketChannel refused = connect()) {
            // Long before those that say nothing are hung up on, after 30 s.
            assertThat(CompletableFuture.supplyAsync(() -> readByte(refused))).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(-1);
        }
        silent.remove(0).close();

        await().until(() -> {
            try (SocketChannel served = connect()) {
                served.write(ByteBuffer.wrap("{\"type\":\"list\"}\n".getBytes()));
                return served.read(ByteBuffer.allocate(1)) == 1;
            }
        });
        for (final SocketChannel channel : silent) {
            channel.close();
        }
    }

    private static int readByte(final SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketChannel connect() throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(agent.settings.socket));
        return channel;
    }

    private JsonNode asked(final String name) throws IOException {
        final Path file = agent.file(name);
        if (!Files.exists(file)) {
            Files.write(file, new byte[5_000]);
        }
        agent.composer.map(name, file, "ana", 600);
        return agent.composer.answer(name);
    }
}
