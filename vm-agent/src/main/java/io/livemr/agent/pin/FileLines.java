package io.livemr.agent.pin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.agent.channel.Lines;
import io.livemr.agent.disk.DiskIdentity;
import io.livemr.agent.grant.Grant;
import io.livemr.extent.FileId;
import java.io.IOException;

/** Lines about granted files: docs/protocol.md, section 1. */
final class FileLines {

    private FileLines() {
    }

    static ObjectNode granted(final String id, final PinnedFile pinned, final Grant grant, final long nowMillis)
            throws IOException {
        final ObjectNode line = Lines.of("granted", id)
                .put("path", pinned.file().path())
                .put("owner", pinned.file().ownerName())
                .put("by", grant.by())
                .put("expiresInMillis", Math.max(0, grant.expiresAtSeconds() * 1_000 - nowMillis))
                .put("lengthBytes", pinned.file().stat().lengthBytes());
        if (pinned.route().way().overtakesLines()) {
            line.put("maps", "disk");
        }
        line.set("file", file(pinned.id()));
        line.set("disk", disk(pinned.file().layout().disk()));
        return line;
    }

    /** @param requester null for all of them */
    static ObjectNode revoked(final FileId file, final String requester, final String reason) {
        final ObjectNode line = Lines.of("revoked").put("reason", reason);
        line.set("file", file(file));
        return requester == null ? line : line.put("requester", requester);
    }

    static ObjectNode file(final FileId id) {
        return Lines.JSON.createObjectNode()
                .put("fsUuid", id.fsUuid().toString()).put("inode", id.inode()).put("generation", id.generation());
    }

    private static ObjectNode disk(final DiskIdentity disk) {
        final ObjectNode node = Lines.JSON.createObjectNode();
        putIfKnown(node, "serial", disk.serial());
        putIfKnown(node, "scsi", disk.scsi());
        putIfKnown(node, "pci", disk.pci());
        return node.put("sectors", disk.sectors());
    }

    private static void putIfKnown(final ObjectNode node, final String field, final String value) {
        if (value != null) {
            node.put(field, value);
        }
    }
}
