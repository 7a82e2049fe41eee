package io.livemr.agent;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemr.agent.disk.DiskIdentity;
import io.livemr.agent.route.MapCommand;
import io.livemr.agent.route.WayGoneException;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.CommittedMap;
import io.livemr.extent.wire.FileMapAssembler;
import io.livemr.extent.wire.MapRecord;
import io.livemr.extent.wire.MapRecordCodec;
import io.livemr.extent.wire.Operation;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A disk that takes map records, keeps them and adds them up with extent-map's own rules; or fails as it is told. */
final class FakeDisk implements MapCommand {

    /** Says no to a list by throwing. */
    interface Refusal {
        void look(List<MapRecord> records) throws IOException;
    }

    static final Refusal NONE = records -> { };
    static final Refusal GONE = records -> {
        throw new WayGoneException("gone", null);
    };

    final List<List<MapRecord>> lists = new CopyOnWriteArrayList<>();
    volatile Refusal refusal = NONE;
    private final Map<FileId, FileMapAssembler> maps = new ConcurrentHashMap<>();
    private final long diskSectors;

    FakeDisk(final long diskSectors) {
        this.diskSectors = diskSectors;
    }

    @Override
    public synchronized void send(final DiskIdentity disk, final byte[] bytes) throws IOException {
        try {
            final List<MapRecord> records = decode(bytes);
            refusal.look(records);
            if (!records.isEmpty()) {
                lists.add(records);
            }
            for (final MapRecord record : records) {
                maps.computeIfAbsent(record.file(), file -> new FileMapAssembler(1_000_000)).accept(record);
            }
        } catch (final RejectedRecordException e) {
            throw new IOException(e);
        }
    }

    private List<MapRecord> decode(final byte[] bytes) throws RejectedRecordException {
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final List<MapRecord> records = new CopyOnWriteArrayList<>();
        while (in.hasRemaining()) {
            records.add(MapRecordCodec.decode(in, diskSectors));
        }
        return records;
    }

    synchronized CommittedMap mapOf(final JsonNode granted) {
        final FileMapAssembler map = maps.get(TestComposer.file(granted.path("file")));
        return map == null ? null : map.committed().orElse(null);
    }

    CommittedMap committed(final JsonNode granted, final long lengthBytes) {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(2))
                .until(() -> mapOf(granted), map -> map != null && map.lengthBytes() >= lengthBytes);
    }

    long count(final Operation operation) {
        return lists.stream().flatMap(List::stream).filter(record -> record.operation() == operation).count();
    }
}
