package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One JSON file {@code {"sha256": …, "content": {…}}}, mode 0600, that holds the old or the new content after a crash, never half of
 * one. A file that does not match its checksum is not read.
 */
public final class DurableJson {

    private final Path path;
    private final ObjectMapper json;
    private final String wayOut;

    /** @param wayOut what to do about a file that is damaged, for the error's text. */
    public DurableJson(final Path path, final ObjectMapper json, final String wayOut) throws IOException {
        this.path = path;
        this.json = json;
        this.wayOut = wayOut;
        Files.createDirectories(path.getParent());
    }

    public ObjectNode newObject() {
        return json.createObjectNode();
    }

    /** An empty object if there is no file. A damaged one stops the start: what it named would be forgotten. */
    public JsonNode read() throws IOException {
        if (!Files.exists(path)) {
            return newObject();
        }
        try {
            return checked(json.readTree(Files.readAllBytes(path)));
        } catch (final IOException e) {
            throw new IOException("state file is damaged: " + path + "; " + wayOut, e);
        }
    }

    private JsonNode checked(final JsonNode document) throws IOException {
        final JsonNode content = document.path("content");
        if (!sha256(content).equals(document.path("sha256").asText())) {
            throw new IOException("checksum differs");
        }
        return content;
    }

    public void write(final JsonNode content) throws IOException {
        final Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        writeForced(next, json.writeValueAsBytes(newObject().put("sha256", sha256(content)).set("content", content)));
        FailPoint.INDEX_WRITTEN.passOrFail();
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        FailPoint.INDEX_PLACED.passOrFail();
        try (FileChannel folder = FileChannel.open(path.getParent())) {
            folder.force(true);
        }
    }

    private static void writeForced(final Path file, final byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private String sha256(final JsonNode content) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(content)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
