package io.livemr.composer.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.composer.file.FileRecord.SourceRecord;
import java.time.Instant;

/**
 * What became of asking the owner of one guest file for one requester.
 *
 * @param id {@code NAME-INDEX}: the composed file and the source's place in it.
 */
public record GrantReport(String id, ComposedFile file, SourceRecord source) {

    static GrantReport of(final ComposedFile file, final int index) {
        return new GrantReport(id(file, index), file, file.sources().get(index).record());
    }

    static String id(final ComposedFile file, final int index) {
        return file.name() + "-" + index;
    }

    /** As docs/protocol.md section 4 has it. */
    public ObjectNode json() {
        return JsonNodeFactory.instance.objectNode()
                .put("id", id).put("file", file.name()).put("vm", source.vmName()).put("path", source.path())
                .put("requester", file.requester()).put("state", GrantState.of(source.state(), source.reason()).name())
                .put("reason", source.reason()).put("message", source.message()).put("owner", source.owner()).put("by", source.by())
                .put("since", instant(source.sinceMillis())).put("expiresAt", instant(source.expiresAtMillis()));
    }

    private static String instant(final long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
