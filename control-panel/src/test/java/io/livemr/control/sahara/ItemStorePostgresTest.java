package io.livemr.control.sahara;

import io.livemr.control.support.TestDatabase;
import java.io.IOException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ItemStorePostgresTest extends ItemStoreTest {

    @Override
    JdbcClient database() throws IOException {
        return TestDatabase.postgres();
    }
}
