package io.livemr.control.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.control.support.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MigrationsTest {

    @Test
    void shouldMakeTheSameColumnsOnH2AndOnPostgres() throws Exception {
        final List<String> ofPostgres = columns(TestDatabase.postgres());

        assertThat(columns(TestDatabase.h2())).containsExactlyElementsOf(ofPostgres).anyMatch(column -> column.startsWith("job.id "));
    }

    @Test
    void shouldMakeTheSameRulesOnH2AndOnPostgres() throws Exception {
        final List<String> ofPostgres = rules(TestDatabase.postgres());

        assertThat(rules(TestDatabase.h2())).containsExactlyElementsOf(ofPostgres).contains("job PRIMARY KEY");
    }

    private static List<String> columns(final JdbcClient sql) {
        return sql.sql("SELECT LOWER(table_name || '.' || column_name) || ' ' || LOWER(data_type) || ' ' "
                + "|| COALESCE(CAST(character_maximum_length AS VARCHAR(20)), '') || ' nullable=' || is_nullable "
                + "FROM information_schema.columns WHERE LOWER(table_schema) = 'public' AND LOWER(table_name) <> 'flyway_schema_history'")
            .query(String.class).list().stream().sorted().toList();
    }

    /** PostgreSQL lists NOT NULL among them, too. */
    private static List<String> rules(final JdbcClient sql) {
        return sql.sql("SELECT LOWER(table_name) || ' ' || constraint_type FROM information_schema.table_constraints "
                + "WHERE LOWER(table_schema) = 'public' AND LOWER(table_name) <> 'flyway_schema_history' AND constraint_type <> 'CHECK'")
            .query(String.class).list().stream().sorted().toList();
    }
}
