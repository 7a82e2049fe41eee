package io.livemr.control.sahara;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Durable items, and which of them need which: one that is needed cannot be deleted. */
@Repository
public class ItemStore {

    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() { };

    private final JdbcClient sql;
    private final ObjectMapper json;

    public ItemStore(final JdbcClient sql, final ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Transactional
    void insert(final Item item, final Collection<String> needed) {
        sql.sql("INSERT INTO sahara_item (id, project, kind, name, details_json, length_bytes, created_millis) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .params(item.id(), item.project(), item.kind().name(), item.name(), write(item.details()), item.lengthBytes(), item.createdMillis()).update();
        needed.stream().distinct().forEach(id -> sql.sql("INSERT INTO sahara_need (item, needed) VALUES (?, ?)").params(item.id(), id).update());
    }

    Optional<Item> find(final ItemKind kind, final String id) {
        return sql.sql("SELECT * FROM sahara_item WHERE kind = ? AND id = ?").params(kind.name(), id).query(this::read).optional();
    }

    /** By name; {@code project} is whose they are, empty for all. */
    List<Item> list(final ItemKind kind, final Optional<String> project) {
        return sql.sql("SELECT * FROM sahara_item WHERE kind = :kind AND (:all = TRUE OR project = :project) ORDER BY name, id LIMIT 10000")
            .param("kind", kind.name()).param("all", project.isEmpty()).param("project", project.orElse("")).query(this::read).list();
    }

    long count(final String project) {
        return sql.sql("SELECT COUNT(*) FROM sahara_item WHERE project = ?").param(project).query(Long.class).single();
    }

    long lengthBytes(final String project) {
        return sql.sql("SELECT COALESCE(SUM(length_bytes), 0) FROM sahara_item WHERE project = ?").param(project).query(Long.class).single();
    }

    long lengthBytes() {
        return sql.sql("SELECT COALESCE(SUM(length_bytes), 0) FROM sahara_item").query(Long.class).single();
    }

    void delete(final String id) {
        sql.sql("DELETE FROM sahara_item WHERE id = ?").param(id).update();
    }

    private Item read(final ResultSet row, final int number) throws SQLException {
        return new Item(row.getString("id"), row.getString("project"), ItemKind.valueOf(row.getString("kind")), row.getString("name"),
            details(row.getString("details_json")), row.getLong("length_bytes"), row.getLong("created_millis"));
    }

    private String write(final Map<String, Object> details) {
        try {
            return json.writeValueAsString(details);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("details came as JSON", e);
        }
    }

    private Map<String, Object> details(final String text) {
        try {
            return json.readValue(text, DETAILS);
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("details_json of the database is not JSON", e);
        }
    }
}
