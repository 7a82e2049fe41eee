package io.livemr.composer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.extent.Extent;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * An agent at the other end of a real unix socket, where QEMU would be. It answers hellos and heartbeats by itself, as long as it is told
 * to; everything else the test says line by line.
 */
public final class FakeAgent implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocketChannel server;
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final Semaphore reading = new Semaphore(1);
    private volatile SocketChannel channel;
    private volatile boolean answersHello = true;
    private volatile boolean answersHeartbeat = true;
    private volatile long expiresInMillis;
    private volatile long epoch;
    private volatile JsonNode lastHello;
    private int sessions;
    private long sequence;

    public FakeAgent(final Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        final Thread thread = new Thread(this::serve, "fake-agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel accepted = server.accept()) {
                channel = accepted;
                final BufferedReader lines = new BufferedReader(Channels.newReader(accepted, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    hear(JSON.readTree(line));
                    reading.acquire();
                    reading.release();
                }
            } catch (final IOException e) {
                channel = null;
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    /** After the next line, until {@link #readsAgain}. */
    public void stopsReading() {
        reading.acquireUninterruptibly();
    }

    public void readsAgain() {
        reading.release();
    }

    private void hear(final JsonNode message) throws IOException {
        final String type = message.path("type").asText();
        if ("heartbeat".equals(type)) {
            if (answersHeartbeat) {
                say(message("heartbeat").put("at", message.path("at").asLong()));
            }
            return;
        }
        if ("hello".equals(type)) {
            lastHello = message;
            if (answersHello) {
                answerLastHello();
            }
        }
        if ("resync".equals(type)) {
            epoch = message.path("epoch").asLong();
        }
        heard.add(message);
    }

    public synchronized void answerLastHello() throws IOException {
        epoch = lastHello.path("epoch").asLong();
        sequence = 0;
        sessions++;
        say(message("hello").put("version", 1).put("nonce", lastHello.path("nonce").asText())
                .put("agent", "fake").put("bootId", "boot"));
    }

    public FakeAgent answersHello(final boolean answers) {
        answersHello = answers;
        return this;
    }

    public void answersHeartbeat(final boolean answers) {
        answersHeartbeat = answers;
    }

    /** What it says of grants from now on. */
    public void expiresIn(final long millis) {
        expiresInMillis = millis;
    }

    public long epoch() {
        return epoch;
    }

    public synchronized int sessions() {
        return sessions;
    }

    public static ObjectNode message(final String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /** The next message of a type, skipping others. */
    public JsonNode await(final String type) {
        final JsonNode[] found = new JsonNode[1];
        Awaitility.await("message " + type).atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).until(() -> {
            for (JsonNode next = heard.poll(20, TimeUnit.MILLISECONDS); next != null; next = heard.poll()) {
                if (type.equals(next.path("type").asText())) {
                    found[0] = next;
                    return true;
                }
            }
            return false;
        });
        return found[0];
    }

    /** The next message, or null. */
    public JsonNode poll() {
        return heard.poll();
    }

    public boolean hasHeard(final String type) {
        return heard.stream().anyMatch(message -> type.equals(message.path("type").asText()));
    }

    public synchronized long say(final ObjectNode message) throws IOException {
        sequence++;
        sayRaw(message.put("sequence", sequence) + "\n");
        return sequence;
    }

    public synchronized void skipSequence() {
        sequence++;
    }

    public synchronized void sayRaw(final String text) throws IOException {
        final SocketChannel open = channel;
        if (open == null) {
            throw new ClosedChannelException();
        }
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    public synchronized void grant(final String id, final FileId file, final String serial, final long sectors) throws IOException {
        grant(id, file, serial, sectors, null);
    }

    /**
     * @param maps by which way the records will come, null to say nothing of it.
     * @return the line's sequence.
     */
    public synchronized long grant(
            final String id, final FileId file, final String serial, final long sectors, final String maps) throws IOException {
        final ObjectNode granted = message("granted").put("path", "/data/log").put("owner", "alice").put("by", "owner")
                .put("expiresInMillis", expiresInMillis).put("lengthBytes", 0);
        if (id != null) {
            granted.put("id", id);
        }
        if (maps != null) {
            granted.put("maps", maps);
        }
        putFile(granted, file);
        granted.putObject("disk").put("serial", serial).put("sectors", sectors);
        return say(granted);
    }

    public static void putFile(final ObjectNode message, final FileId file) {
        message.putObject("file").put("fsUuid", file.fsUuid().toString())
                .put("inode", file.inode()).put("generation", file.generation());
    }

    /** BEGIN, the extents and a COMMIT, in one line of the present epoch. */
    public synchronized void announce(final FileId file, final long lengthBytes, final Extent... extents) throws IOException {
        announce(epoch, true, file, lengthBytes, extents);
    }

    public synchronized void grow(final FileId file, final long lengthBytes, final Extent... extents) throws IOException {
        announce(epoch, false, file, lengthBytes, extents);
    }

    public synchronized void announce(
            final long inEpoch, final boolean begin, final FileId file, final long lengthBytes, final Extent... extents) throws IOException {
        final long next = sequence + 1;
        final ByteBuffer records = ByteBuffer.allocate((extents.length + 2) * MapRecordCodec.RECORD_BYTES);
        if (begin) {
            MapRecordCodec.encode(MapRecord.begin(file, inEpoch, next), records);
        }
        Arrays.stream(extents).forEach(extent -> MapRecordCodec.encode(MapRecord.extent(file, inEpoch, next, extent), records));
        MapRecordCodec.encode(MapRecord.commit(file, inEpoch, next, lengthBytes), records);
        sayRecords(List.of(records.flip()));
    }

    public synchronized void sayRecords(final List<ByteBuffer> parts) throws IOException {
        final int length = parts.stream().mapToInt(ByteBuffer::remaining).sum();
        final ByteBuffer all = ByteBuffer.allocate(length);
        parts.forEach(all::put);
        say(message("extents").put("records", Base64.getEncoder().encodeToString(all.array())));
    }

    public synchronized void revoke(final FileId file, final String reason) throws IOException {
        final ObjectNode revoked = message("revoked").put("reason", reason);
        putFile(revoked, file);
        say(revoked);
    }

    /** The channel breaks, as when QEMU or the agent dies. */
    public void hangUp() throws IOException {
        final SocketChannel open = channel;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
