package io.livemr.composer.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.composer.FakeAgent;
import io.livemr.composer.Rig;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A guest whose agent keeps to docs/protocol.md: it says yes for its owners, announces what it is asked for, tells of growth, and frees the blocks of a
 * file that was taken back once that was acknowledged, or its session is over. It goes on while no composer is there.
 */
final class ModelGuest implements AutoCloseable {

    private final FakeAgent agent;
    private final ModelDisk disk;
    private final Random random;
    private final Map<String, GuestFile> files = new HashMap<>();
    private final Set<GuestFile> announced = new HashSet<>();
    private final Map<Long, GuestFile> unacknowledged = new HashMap<>();
    private final Set<String> unmapped = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::listen, "model-guest");
    private long nextInode = 100;

    ModelGuest(final Path socket, final ModelDisk disk, final Random random) throws IOException {
        this.agent = new FakeAgent(socket);
        this.disk = disk;
        this.random = random;
        thread.setDaemon(true);
        thread.start();
    }

    synchronized GuestFile create(final String path) {
        final GuestFile file = new GuestFile(new FileId(Rig.FILE.fsUuid(), nextInode++, 1));
        file.grow(disk, random);
        files.put(path, file);
        return file;
    }

    synchronized void grow(final GuestFile file) {
        final List<Extent> added = file.grow(disk, random);
        if (announced.contains(file) && !file.revoked) {
            say(() -> agent.grow(file.id, file.lengthBytes(), added.toArray(Extent[]::new)));
        }
    }

    /** Somebody writes to each file that is not taken back. */
    synchronized void writeOn() {
        files.values().stream().filter(file -> !file.revoked && !file.isDone).forEach(this::grow);
    }

    /** Its owner takes it back. */
    synchronized void revoke(final GuestFile file) {
        file.revoked = true;
        say(() -> {
            final var revoked = FakeAgent.message("revoked").put("reason", "owner_revoked");
            FakeAgent.putFile(revoked, file.id);
            unacknowledged.put(agent.say(revoked), file);
        });
    }

    /** Whether the agent was told that the requester is done with the file. */
    boolean isUnmapped(final String path) {
        return unmapped.contains(path);
    }

    private void listen() {
        while (!Thread.currentThread().isInterrupted()) {
            final JsonNode message = agent.poll();
            if (message != null) {
                hear(message);
            } else {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void hear(final JsonNode message) {
        switch (message.path("type").asText()) {
            case "hello" -> begin();
            case "resync" -> announced.forEach(this::announce);
            case "map" -> answer(message.path("id").asText(), files.get(message.path("path").asText()));
            case "unmap" -> unmap(message.path("path").asText());
            case "ack" -> free(unacknowledged.remove(message.path("sequence").asLong()));
            default -> { }
        }
    }

    private void unmap(final String path) {
        unmapped.add(path);
        files.get(path).isDone = true;
    }

    private void begin() {
        announced.clear();
        unacknowledged.clear();
        files.values().stream().filter(file -> file.revoked).forEach(this::free);
    }

    private void free(final GuestFile file) {
        if (file != null) {
            try {
                disk.reuse(file.extents);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(final String id, final GuestFile file) {
        if (file.revoked) {
            say(() -> agent.say(FakeAgent.message("denied").put("id", id).put("reason", "owner_revoked").put("message", "no more")));
        } else {
            say(() -> agent.grant(id, file.id, Rig.SERIAL, ModelDisk.SECTORS));
            announced.add(file);
            announce(file);
        }
    }

    private void announce(final GuestFile file) {
        if (!file.revoked) {
            say(() -> agent.announce(file.id, file.lengthBytes(), file.extents.toArray(Extent[]::new)));
        }
    }

    private interface Line {
        void say() throws IOException;
    }

    /** A composer that is gone hears it from the session after this. */
    private static void say(final Line line) {
        try {
            line.say();
        } catch (final ClosedChannelException e) {
            return;
        } catch (final IOException e) {
            if (!"Broken pipe".equals(e.getMessage()) && !"Connection reset by peer".equals(e.getMessage())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        agent.close();
    }
}
