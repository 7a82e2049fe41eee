package io.livemr.agent.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** One JSON file, mode 0600, that holds the old or the new content after a crash, never half of one. */
public final class DurableJson {

    private final Path path;
    private final ObjectMapper json;

    public DurableJson(final Path path, final ObjectMapper json) throws IOException {
        this.path = path;
        this.json = json;
        Files.createDirectories(path.getParent());
    }

    public ObjectNode newObject() {
        return json.createObjectNode();
    }

    /** An empty object if there is no file. Content that is no JSON stops the start: pins would be forgotten. */
    public JsonNode read() throws IOException {
        if (!Files.exists(path)) {
            return newObject();
        }
        try {
            return json.readTree(Files.readAllBytes(path));
        } catch (final IOException e) {
            throw new IOException("state file is damaged: " + path
                    + "; restore it, or clear the append-only flags by hand (lsattr, chattr -a) and remove it", e);
        }
    }

    public void write(final JsonNode content) throws IOException {
        final Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(content));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path.getParent())) {
            folder.force(true);
        }
    }
}
