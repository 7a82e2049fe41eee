package io.livemr.control.support;

import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The panel's tables on either database, empty. */
public final class TestDatabase {

    private TestDatabase() { }

    public static JdbcClient h2() {
        return migrated("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** Skips the test where PostgreSQL is not installed. */
    public static JdbcClient postgres() throws IOException {
        return migrated(PostgresServer.shared().newDatabase());
    }

    private static JdbcClient migrated(final String url) {
        final DataSource database = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(database).load().migrate();
        return JdbcClient.create(database);
    }
}
