package io.livemr.composer.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composed files on disk: one JSON document each, {@code {"sha256": …, "file": {…}}}, replaced as a whole and forced to the disk
 * before {@link #save} returns. A document that does not match its checksum is moved to {@code corrupt} and named in the log; its file is gone,
 * never guessed.
 *
 * <p>Safe to share between threads as long as no two save the same file at once.
 */
public final class FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path folder;
    private final Path corrupt;

    /** @param state the composer's state folder, which exists. */
    public FileStore(final Path state) throws IOException {
        this.folder = Files.createDirectories(state.resolve("files"));
        this.corrupt = Files.createDirectories(state.resolve("corrupt"));
    }

    public void save(final FileRecord file) throws IOException {
        final JsonNode body = JSON.valueToTree(file);
        final ObjectNode document = JSON.createObjectNode().put("sha256", sha256(body));
        document.set("file", body);
        final Path unfinished = folder.resolve(file.name() + UNFINISHED);
        write(unfinished, JSON.writeValueAsBytes(document));
        FailPoint.STATE_WRITTEN.passOrFail();
        Files.move(unfinished, path(file.name()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FailPoint.STATE_PLACED.passOrFail();
        syncFolder();
    }

    public void remove(final String name) throws IOException {
        Files.deleteIfExists(path(name));
        syncFolder();
    }

    /** All files that are whole. What is not is moved away. */
    public List<FileRecord> load() throws IOException {
        final List<FileRecord> files = new ArrayList<>();
        try (Stream<Path> documents = Files.list(folder)) {
            for (final Path document : documents.sorted().toList()) {
                load(document, files);
            }
        }
        return files;
    }

    private void load(final Path document, final List<FileRecord> files) throws IOException {
        if (document.toString().endsWith(UNFINISHED)) {
            // Never became a file: the save did not return.
            Files.delete(document);
            return;
        }
        try {
            files.add(read(document));
        } catch (final NoSuchFileException e) {
            throw e;
        } catch (final IOException | IllegalArgumentException e) {
            final Path aside = corrupt.resolve(document.getFileName());
            LOG.error("document is corrupt, its file is dropped: document={} movedTo={} why={}", document, aside,
                    e.getMessage().lines().findFirst().orElse(""));
            Files.move(document, aside, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileRecord read(final Path document) throws IOException {
        final JsonNode root = JSON.readTree(Files.readAllBytes(document));
        final JsonNode body = root.path("file");
        if (!sha256(body).equals(root.path("sha256").asText())) {
            throw new IOException("checksum differs");
        }
        final FileRecord file = JSON.treeToValue(body, FileRecord.class);
        if (file.version() != FileRecord.VERSION || !document.getFileName().toString().equals(file.name() + SUFFIX)) {
            throw new IOException("version=" + file.version() + " name=" + file.name());
        }
        return file;
    }

    private Path path(final String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static void write(final Path file, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String sha256(final JsonNode body) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(body)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
