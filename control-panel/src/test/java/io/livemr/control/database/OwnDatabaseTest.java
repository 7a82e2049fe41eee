package io.livemr.control.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemr.control.settings.PanelSettings;
import io.livemr.control.settings.StateFolder;
import io.livemr.control.support.TestDatabase;
import io.livemr.control.support.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class OwnDatabaseTest {

    @TempDir
    private Path folder;
    private final JdbcClient sql = TestDatabase.h2();

    @Test
    void shouldGoOnWithTheDatabaseOfTheFolder() throws IOException {
        start("state", sql);

        assertThatCode(() -> start("state", sql)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnEmptyDatabaseWhereTheFolderHadAnother() throws IOException {
        start("state", sql);

        assertThatThrownBy(() -> start("state", TestDatabase.h2())).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("spring.datasource.url").hasMessageContaining(folder.resolve("state").toString());
    }

    @Test
    void shouldRefuseTheDatabaseOfAnotherFolder() throws IOException {
        final JdbcClient other = TestDatabase.h2();
        start("state", sql);
        start("other", other);

        assertThatThrownBy(() -> start("state", other)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTakeTheDatabaseWhereTheFolderIsNew() throws IOException {
        start("lost", sql);

        start("restored", sql);

        assertThat(folder.resolve("restored/database-id")).hasSameTextualContentAs(folder.resolve("lost/database-id"));
        assertThat(Files.readString(folder.resolve("restored/database-id"))).hasSize(37);
    }

    private void start(final String state, final JdbcClient database) throws IOException {
        final PanelSettings settings = TestSettings.of(folder.resolve(state));
        new OwnDatabase(settings, new StateFolder(settings), database);
    }
}
