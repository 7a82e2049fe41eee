package io.livemr.composer.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.extent.FileId;
import io.livemr.extent.wire.Reason;
import io.livemr.extent.wire.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.UUID;

/** JSON lines to and from an agent: docs/protocol.md, section 1. Stateless. */
final class AgentMessages {

    static final int VERSION = 1;
    private static final int DEEPEST = 16;
    private static final long UNSIGNED_INT_MAX = 0xFFFF_FFFFL;
    private static final JsonMapper JSON = JsonMapper.builder(
                    com.fasterxml.jackson.core.JsonFactory.builder()
                            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final Set<String> REASONS = Set.of(
            "no_such_file", "not_a_regular_file", "not_a_folder", "bad_path", "unsupported_file_system", "unsupported_layout", "unsupported_file",
            "owner_said_no", "consent_timeout", "busy", "io_error",
            "owner_revoked", "expired", "unmapped", "grant_void", "moved", "unpinned");

    private AgentMessages() {
    }

    static ObjectNode message(final String type) {
        return JSON.createObjectNode().put("type", type);
    }

    static byte[] line(final ObjectNode message) {
        try {
            final byte[] json = JSON.writeValueAsBytes(message);
            final byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("own message does not serialize", e);
        }
    }

    static JsonNode parse(final ByteBuffer line) throws RejectedRecordException {
        try {
            final JsonNode node = JSON.readTree(line.array(), line.position(), line.remaining());
            if (node == null || !node.isObject()) {
                throw new RejectedRecordException(Reason.MALFORMED, "not an object");
            }
            return node;
        } catch (final IOException e) {
            throw new RejectedRecordException(Reason.MALFORMED, "not JSON, lineBytes=" + line.remaining());
        }
    }

    static String text(final JsonNode message, final String field) throws RejectedRecordException {
        final JsonNode value = message.get(field);
        if (value == null || !value.isTextual()) {
            throw new RejectedRecordException(Reason.MALFORMED, "no text in field=" + field);
        }
        return value.textValue();
    }

    /** Text, or null where the field is absent. */
    static String optionalText(final JsonNode message, final String field) {
        final JsonNode value = message.get(field);
        return value == null || !value.isTextual() ? null : value.textValue();
    }

    /** A word of docs/protocol.md, sections 3.2 and 3.3, as it ends up in metrics; a guest's own word becomes {@code other}. */
    static String reason(final JsonNode message) throws RejectedRecordException {
        final String word = text(message, "reason");
        return REASONS.contains(word) ? word : "other";
    }

    static long number(final JsonNode message, final String field) throws RejectedRecordException {
        final JsonNode value = message.get(field);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new RejectedRecordException(Reason.MALFORMED, "no number in field=" + field);
        }
        return value.longValue();
    }

    static FileId file(final JsonNode message) throws RejectedRecordException {
        final JsonNode file = message.path("file");
        final long inode = number(file, "inode");
        final long generation = number(file, "generation");
        if (inode > UNSIGNED_INT_MAX || generation > UNSIGNED_INT_MAX) {
            throw new RejectedRecordException(Reason.MALFORMED, "inode=" + inode + " generation=" + generation);
        }
        try {
            return new FileId(UUID.fromString(text(file, "fsUuid")), inode, generation);
        } catch (final IllegalArgumentException e) {
            throw new RejectedRecordException(Reason.MALFORMED, "fsUuid is not a UUID");
        }
    }

    static void putFile(final ObjectNode message, final FileId file) {
        message.putObject("file").put("fsUuid", file.fsUuid().toString())
                .put("inode", file.inode()).put("generation", file.generation());
    }
}
