package io.livemr.composer.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.composer.Seeds;
import io.livemr.composer.file.FileRecord.SourceRecord;
import io.livemr.extent.FileId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {

    @TempDir
    private Path state;

    private static FileRecord file(final String name) {
        return new FileRecord(FileRecord.VERSION, name, "bob", 60, true, false, List.of(
                new SourceRecord(new UUID(1, 2), "vm1", "/a", FileState.COMPOSING, null, null, "alice", "owner",
                        new FileId(new UUID(3, 4), 5, 6), 7, 0, 1_234)));
    }

    @Test
    void shouldBringBackWhatWasSaved() throws Exception {
        final FileStore store = new FileStore(state);
        store.save(file("livemr_00000000000000aa"));
        store.save(file("livemr_00000000000000bb"));
        store.remove("livemr_00000000000000aa");

        assertThat(new FileStore(state).load()).containsExactly(file("livemr_00000000000000bb"));
    }

    @Test
    void shouldForgetASaveThatWasInterrupted() throws Exception {
        new FileStore(state).save(file("livemr_00000000000000aa"));
        Files.writeString(state.resolve("files/livemr_00000000000000aa.tmp"), "{\"sha256\":");

        assertThat(new FileStore(state).load()).containsExactly(file("livemr_00000000000000aa"));
        assertThat(state.resolve("files/livemr_00000000000000aa.tmp")).doesNotExist();
    }

    @Test
    void shouldPutAsideEveryDocumentThatOneFlippedBitChanged() throws Exception {
        final Random random = Seeds.random("FileStoreTest");
        final Path document = state.resolve("files/livemr_00000000000000aa.json");
        final FileStore store = new FileStore(state);
        for (int i = 0; i < 300; i++) {
            store.save(file("livemr_00000000000000aa"));
            final byte[] bytes = Files.readAllBytes(document);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(document, bytes);

            // A flip inside JSON's white space or between equal spellings could be harmless; what is loaded must be what was saved.
            assertThat(store.load()).allMatch(file("livemr_00000000000000aa")::equals);
            Files.deleteIfExists(document);
        }
        assertThat(state.resolve("corrupt/livemr_00000000000000aa.json")).exists();
    }

    @Test
    void shouldPutAsideADocumentUnderAnotherName() throws Exception {
        final FileStore store = new FileStore(state);
        store.save(file("livemr_00000000000000aa"));
        Files.move(state.resolve("files/livemr_00000000000000aa.json"), state.resolve("files/livemr_00000000000000cc.json"));

        assertThat(store.load()).isEmpty();
        assertThat(state.resolve("corrupt/livemr_00000000000000cc.json")).exists();
    }
}
