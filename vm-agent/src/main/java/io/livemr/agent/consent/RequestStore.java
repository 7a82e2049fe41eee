package io.livemr.agent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.grant.DurableJson;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Open requests, durable in {@code requests.json}, so that a mail's token still holds after a restart. For the working thread. */
public final class RequestStore {

    private record Key(FileId file, String requester) {
    }

    private final DurableJson file;
    private final Map<Key, OpenRequest> open = new LinkedHashMap<>();

    public RequestStore(final Path folder, final ObjectMapper json) throws IOException {
        file = new DurableJson(folder.resolve("requests.json"), json, "restore it, or remove it; owners are asked again");
        file.read().path("requests").forEach(node -> keep(request(node)));
    }

    List<OpenRequest> all() {
        return List.copyOf(open.values());
    }

    List<OpenRequest> of(final FileId id) {
        return open.values().stream().filter(request -> request.file().equals(id)).toList();
    }

    OpenRequest of(final FileId id, final String requester) {
        return open.get(new Key(id, requester));
    }

    int size() {
        return open.size();
    }

    void put(final OpenRequest request) throws IOException {
        keep(request);
        save();
    }

    void remove(final OpenRequest request) throws IOException {
        open.remove(new Key(request.file(), request.requester()));
        save();
    }

    private void keep(final OpenRequest request) {
        open.put(new Key(request.file(), request.requester()), request);
    }

    private void save() throws IOException {
        final ObjectNode content = file.newObject();
        final ArrayNode requests = content.putArray("requests");
        final List<OpenRequest> all = new ArrayList<>(open.values());
        all.forEach(request -> requests.addObject()
                .put("id", request.id()).put("path", request.path())
                .put("fsUuid", request.file().fsUuid().toString()).put("inode", request.file().inode())
                .put("generation", request.file().generation()).put("requester", request.requester())
                .put("askedAtSeconds", request.askedAtSeconds())
                .put("expiresAtSeconds", request.expiresAtSeconds()).put("tokenHash", request.tokenHash())
                .put("unsentToken", request.unsentToken()));
        file.write(content);
    }

    private static OpenRequest request(final JsonNode node) {
        final FileId id = new FileId(UUID.fromString(node.path("fsUuid").asText()),
                node.path("inode").asLong(), node.path("generation").asLong());
        return new OpenRequest(node.path("id").asText(), node.path("path").asText(), id,
                node.path("requester").asText(), node.path("askedAtSeconds").asLong(),
                node.path("expiresAtSeconds").asLong(), node.path("tokenHash").asText(), node.path("unsentToken").asText(null));
    }
}
