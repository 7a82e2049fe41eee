package io.livemr.control.sahara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.support.TestDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** On H2; {@link ItemStorePostgresTest} does the same on PostgreSQL. */
class ItemStoreTest {

    private ItemStore store;

    @BeforeEach
    void migrate() throws IOException {
        store = new ItemStore(database(), new ObjectMapper());
    }

    JdbcClient database() throws IOException {
        return TestDatabase.h2();
    }

    @Test
    void shouldReadWhatWasWritten() {
        final Item file = item("i1", "web", ItemKind.FILE, "job.jar", 7);
        store.insert(file, List.of());

        assertThat(store.find(ItemKind.FILE, "i1")).hasValue(file);
        assertThat(store.find(ItemKind.BINARY, "i1")).isEmpty();
    }

    @Test
    void shouldListOneProjectOrAllByName() {
        store.insert(item("i1", "web", ItemKind.FILE, "z", 3), List.of());
        store.insert(item("i2", "web", ItemKind.FILE, "a", 4), List.of());
        store.insert(item("i3", "other", ItemKind.FILE, "m", 5), List.of());

        assertThat(store.list(ItemKind.FILE, Optional.of("web"))).extracting(Item::id).containsExactly("i2", "i1");
        assertThat(store.list(ItemKind.FILE, Optional.empty())).extracting(Item::id).containsExactly("i2", "i3", "i1");
        assertThat(store.count("web")).isEqualTo(2);
        assertThat(store.lengthBytes("web")).isEqualTo(7);
        assertThat(store.lengthBytes()).isEqualTo(12);
    }

    @Test
    void shouldTakeANameOnceInAProjectAndKind() {
        store.insert(item("i1", "web", ItemKind.FILE, "a", 1), List.of());
        store.insert(item("i2", "other", ItemKind.FILE, "a", 1), List.of());
        store.insert(item("i3", "web", ItemKind.BINARY, "a", 0), List.of("i1"));

        assertThatThrownBy(() -> store.insert(item("i4", "web", ItemKind.FILE, "a", 1), List.of())).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void shouldDeleteNothingThatIsNeeded() {
        store.insert(item("i1", "web", ItemKind.FILE, "a", 1), List.of());
        store.insert(item("i2", "web", ItemKind.BINARY, "a", 0), List.of("i1"));

        assertThatThrownBy(() -> store.delete("i1")).isInstanceOf(DataIntegrityViolationException.class);
        store.delete("i2");
        store.delete("i1");
        assertThat(store.count("web")).isZero();
    }

    private static Item item(final String id, final String project, final ItemKind kind, final String name, final long lengthBytes) {
        return new Item(id, project, kind, name, Map.of("libs", List.of("x"), "url", "livemr://vm1/\"a\"\\b"), lengthBytes, 1);
    }
}
