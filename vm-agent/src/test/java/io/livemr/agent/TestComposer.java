package io.livemr.agent;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.CommittedMap;
import io.livemr.extent.wire.FileMapAssembler;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The composer's end of the channel, over a unix socket; adds up map records with extent-map's own rules. */
public final class TestComposer implements AutoCloseable {

    private final ServerSocketChannel server;
    private volatile SocketChannel connection;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final Map<FileId, FileMapAssembler> maps = new ConcurrentHashMap<>();
    private final long diskSectors;
    private volatile boolean acknowledges = true;
    private volatile String trouble;
    private volatile String awaitedNonce;
    private long lastSequence;
    private long epoch;

    public TestComposer(final Path socket, final long diskSectors) throws IOException {
        this.diskSectors = diskSectors;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Waits for the agent, says hello, and listens from then on. */
    public void begin(final long leaseMillis) throws IOException {
        connection = null;
        final SocketChannel accepted = server.accept();
        connection = accepted;
        hello(leaseMillis);
        final Thread thread = new Thread(() -> listen(accepted), "test-composer");
        thread.setDaemon(true);
        thread.start();
        expect(line -> line.path("type").asText().equals("hello"));
    }

    public void hello(final long leaseMillis) throws IOException {
        epoch++;
        lastSequence = 0;
        heard.clear();
        maps.clear();
        awaitedNonce = "n" + epoch;
        final ObjectNode hello = Lines.of("hello").put("version", 1).put("nonce", awaitedNonce)
                .put("epoch", epoch).put("leaseMillis", leaseMillis);
        say(hello);
    }

    public long raiseEpoch() {
        return ++epoch;
    }

    public void say(final ObjectNode line) throws IOException {
        sayRaw(line + "\n");
    }

    public void sayRaw(final String text) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    public void map(final String id, final Path path, final String requester, final long ttlSeconds)
            throws IOException {
        say(Lines.of("map", id).put("path", path.toString()).put("requester", requester)
                .put("ttlSeconds", ttlSeconds));
    }

    public void acknowledge(final boolean yes) {
        acknowledges = yes;
    }

    public JsonNode expect(final Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(2)).until(
                () -> {
                    if (trouble != null) {
                        throw new IllegalStateException(trouble);
                    }
                    return heard.stream().filter(wanted).findFirst().orElse(null);
                }, line -> line != null);
    }

    public JsonNode answer(final String id) {
        return expect(line -> line.path("id").asText().equals(id));
    }

    public JsonNode answer(final String id, final String type) {
        return expect(line -> line.path("id").asText().equals(id) && line.path("type").asText().equals(type));
    }

    public List<JsonNode> heard(final String type) {
        return heard.stream().filter(line -> line.path("type").asText().equals(type)).toList();
    }

    public void forget() {
        heard.clear();
    }

    public CommittedMap committed(final JsonNode granted, final long lengthBytes) {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(2)).until(
                () -> committedNow(granted).orElse(null), map -> map != null && map.lengthBytes() >= lengthBytes);
    }

    public Optional<CommittedMap> committedNow(final JsonNode granted) {
        if (trouble != null) {
            throw new IllegalStateException(trouble);
        }
        return Optional.ofNullable(maps.get(file(granted.path("file")))).flatMap(FileMapAssembler::committed);
    }

    public static FileId file(final JsonNode file) {
        return new FileId(java.util.UUID.fromString(file.path("fsUuid").asText()),
                file.path("inode").asLong(), file.path("generation").asLong());
    }

    public void hangUp() throws IOException {
        connection.close();
    }

    private void listen(final SocketChannel from) {
        try (BufferedReader lines = new BufferedReader(
                Channels.newReader(from, StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                // What was read before a hang-up is no part of the next conversation.
                if (!text.isEmpty() && from == connection) {
                    take(text);
                }
            }
        } catch (final IOException e) {
            return;
        } catch (final RejectedRecordException | RuntimeException e) {
            trouble = e.toString();
        }
    }

    private void take(final String text) throws IOException, RejectedRecordException {
        if (text.length() > 256 * 1024) {
            throw new IllegalStateException("line too long: " + text.length());
        }
        final JsonNode line = Lines.JSON.readTree(text);
        if (awaitedNonce != null && !awaitedNonce.equals(line.path("nonce").asText())) {
            return;
        }
        awaitedNonce = null;
        final long sequence = line.path("sequence").asLong();
        if (sequence != lastSequence + 1) {
            throw new IllegalStateException("gap after " + lastSequence + ": " + text);
        }
        lastSequence = sequence;
        if (line.path("type").asText().equals("extents")) {
            takeRecords(line, sequence);
        }
        heard.add(line);
        if (acknowledges && List.of("granted", "extents", "revoked").contains(line.path("type").asText())) {
            say(Lines.of("ack").put("sequence", sequence));
        }
    }

    private void takeRecords(final JsonNode line, final long sequence) throws RejectedRecordException {
        final ByteBuffer records = ByteBuffer.wrap(Base64.getDecoder().decode(line.path("records").asText()));
        while (records.hasRemaining()) {
            final MapRecord record = MapRecordCodec.decode(records, diskSectors);
            if (record.sequence() != sequence || record.epoch() != epoch) {
                throw new IllegalStateException("foreign record: " + record + " epoch=" + epoch);
            }
            synchronized (maps) {
                maps.computeIfAbsent(record.file(), file -> new FileMapAssembler(1_000_000)).accept(record);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (connection != null) {
            connection.close();
        }
    }
}
