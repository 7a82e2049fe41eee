package io.livemr.agent.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableJsonTest {

    @TempDir
    private Path folder;
    private Path path;
    private DurableJson file;

    @BeforeEach
    void create() throws IOException {
        path = folder.resolve("grants.json");
        file = new DurableJson(path, new ObjectMapper(), "restore it");
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        file.write(content());

        assertThat(file.read()).isEqualTo(content());
    }

    @Test
    void shouldReadNothingWhereThereIsNoFile() throws IOException {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void shouldNameTheFileAndTheWayOutForAnyBitThatFlipped() throws IOException {
        file.write(content());
        final byte[] whole = Files.readAllBytes(path);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            final byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, damaged);

            assertThatIOException().as("bit %d", bit).isThrownBy(file::read).withMessageContaining(path.toString()).withMessageEndingWith("restore it");
        }
    }

    @Test
    void shouldNotReadAFileThatWasCutShort() throws IOException {
        file.write(content());
        final byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length / 2));

        assertThatIOException().isThrownBy(file::read).withMessageContaining("is damaged");
    }

    private JsonNode content() {
        return file.newObject().put("leaseMillis", 5_000).set("files", file.newObject().put("path", "/data/log").put("inode", 12));
    }
}
