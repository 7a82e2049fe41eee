package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.map.MapWay;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The durable index {@code grants.json}: which files are or were about to be pinned, and the last lease.
 *
 * <p>It says where to look; whether a grant holds, the file's own attribute says. Each change is on the disk when the method
 * returns. For the agent's one working thread.
 */
public final class GrantStore {

    private final DurableJson file;
    private final Map<FileId, GrantRecord> records = new LinkedHashMap<>();
    private long leaseMillis;

    public GrantStore(final Path folder, final ObjectMapper json) throws IOException {
        file = new DurableJson(folder.resolve("grants.json"), json,
                "restore it, or clear the append-only flags by hand (lsattr, chattr -a) and remove it; owners are asked again");
        final JsonNode content = file.read();
        leaseMillis = content.path("leaseMillis").asLong(0);
        content.path("files").forEach(node -> keep(record(node)));
    }

    public Collection<GrantRecord> all() {
        return List.copyOf(records.values());
    }

    public long leaseMillis() {
        return leaseMillis;
    }

    /** Must be on record before the first heartbeat of that lease. */
    public void putLease(final long millis) throws IOException {
        if (millis != leaseMillis) {
            leaseMillis = millis;
            save();
        }
    }

    public void put(final GrantRecord record) throws IOException {
        keep(record);
        save();
    }

    public void remove(final FileId id) throws IOException {
        records.remove(id);
        save();
    }

    private void keep(final GrantRecord record) {
        records.put(record.file(), record);
    }

    private void save() throws IOException {
        final ObjectNode content = file.newObject().put("leaseMillis", leaseMillis);
        final ArrayNode files = content.putArray("files");
        records.values().forEach(record -> write(record, files.addObject()));
        file.write(content);
    }

    private static void write(final GrantRecord record, final ObjectNode node) {
        node.put("path", record.path()).put("fsUuid", record.file().fsUuid().toString())
                .put("inode", record.file().inode()).put("generation", record.file().generation())
                .put("ownerPinned", record.ownerPinned()).put("pinned", record.pinned())
                .put("maps", record.way().word()).put("revoking", record.revokingReason());
        final ArrayNode grants = node.putArray("grants");
        record.grants().forEach(grant -> grants.addObject().put("requester", grant.requester())
                .put("by", grant.by()).put("expiresAtSeconds", grant.expiresAtSeconds()));
    }

    private static GrantRecord record(final JsonNode node) {
        final List<Grant> grants = new ArrayList<>();
        node.path("grants").forEach(grant -> grants.add(new Grant(
                grant.path("requester").asText(), grant.path("by").asText(), grant.path("expiresAtSeconds").asLong())));
        final FileId id = new FileId(UUID.fromString(node.path("fsUuid").asText()),
                node.path("inode").asLong(), node.path("generation").asLong());
        return new GrantRecord(node.path("path").asText(), id, node.path("ownerPinned").asBoolean(),
                node.path("pinned").asBoolean(), MapWay.of(node.path("maps").asText(MapWay.CHANNEL.word())),
                node.path("revoking").asText(null), grants);
    }
}
