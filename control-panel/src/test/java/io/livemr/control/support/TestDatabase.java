package io.livemr.control.support;

import io.livemr.control.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The panel's tables on either database, empty. */
public final class TestDatabase {

    private TestDatabase() { }

    /** For tests that need transactions, too. */
    public record Tables(DataSource dataSource, JdbcClient sql) { }

    public static JdbcClient h2() {
        return tables().sql();
    }

    public static Tables tables() {
        return migrated("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** Skips the test where PostgreSQL is not installed. */
    public static JdbcClient postgres() throws IOException {
        return migrated(PostgresServer.shared().newDatabase()).sql();
    }

    private static Tables migrated(final String url) {
        final DataSource database = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(database).load().migrate();
        return new Tables(database, JdbcClient.create(database));
    }

    public static AuditLog audit(final JdbcClient sql) {
        return new AuditLog(sql, Clock.systemUTC(), TestSettings.of(Path.of("/s")));
    }
}
