package io.livemr.control.database;

import io.livemr.control.settings.PanelSettings;
import io.livemr.control.settings.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stops the start of a panel whose database is not that of its state folder: it would know none of the jobs there, and remove what they left.
 * The folder's file {@code database-id} names its database, which has the same name in itself.
 */
@Component
public class OwnDatabase {

    private final JdbcClient sql;

    public OwnDatabase(final PanelSettings settings, final StateFolder folder, final JdbcClient sql) throws IOException {
        this.sql = sql;
        final Path file = settings.state().resolve("database-id");
        if (Files.exists(file)) {
            require(file, Files.readString(file).strip());
        } else {
            write(file, id().orElseGet(this::newId));
        }
    }

    private void require(final Path file, final String id) {
        if (!id().equals(Optional.of(id))) {
            throw new IllegalStateException("spring.datasource.url names a database that is not the one of the jobs in livemr.state=" + file.getParent()
                + " (file=" + file + " has id=" + id + ", the database has " + id().orElse("none") + "): name the right one, or begin anew with another livemr.state");
        }
    }

    private Optional<String> id() {
        return sql.sql("SELECT id FROM identity_of_database").query(String.class).optional();
    }

    private String newId() {
        final String id = UUID.randomUUID().toString();
        sql.sql("INSERT INTO identity_of_database (id) VALUES (?)").param(id).update();
        return id;
    }

    private static void write(final Path file, final String id) throws IOException {
        final Path draft = file.resolveSibling("database-id.new");
        Files.writeString(draft, id + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
