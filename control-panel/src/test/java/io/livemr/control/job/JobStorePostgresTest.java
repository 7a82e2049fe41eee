package io.livemr.control.job;

import io.livemr.control.support.TestDatabase;
import java.io.IOException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobStorePostgresTest extends JobStoreTest {

    @Override
    JdbcClient database() throws IOException {
        return TestDatabase.postgres();
    }
}
