package io.livemr.control.support;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The panel's tables on H2 in its PostgreSQL mode, so that the SQL stays what both take. */
public final class TestDatabase {

    private TestDatabase() { }

    public static JdbcClient migrated() {
        final DataSource database = new DriverManagerDataSource(
            "jdbc:h2:mem:" + System.nanoTime() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        return JdbcClient.create(database);
    }
}
