package io.livemr.control.account;

import io.livemr.control.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Durable accounts. A closed one is found no more, but keeps its name. */
@Repository
public class AccountStore {

    private static final String OPEN = "closed_millis IS NULL";

    private final JdbcClient sql;

    public AccountStore(final JdbcClient sql) {
        this.sql = sql;
    }

    public Optional<Account> find(final String name) {
        return sql.sql("SELECT * FROM account WHERE name = ? AND " + OPEN).param(name).query(AccountStore::read).optional();
    }

    List<Account> page(final Paging paging) {
        return sql.sql("SELECT * FROM account WHERE " + OPEN + " ORDER BY name LIMIT ? OFFSET ?").params(paging.size(), paging.offset())
            .query(AccountStore::read).list();
    }

    long count() {
        return sql.sql("SELECT COUNT(*) FROM account WHERE " + OPEN).query(Long.class).single();
    }

    /** False when the name is taken, or was. */
    public boolean insert(final Account account) {
        try {
            return sql.sql("INSERT INTO account (name, project, role, password_hash, version, created_millis) VALUES (?, ?, ?, ?, ?, ?)")
                .params(account.name(), account.project(), account.role().name(), account.passwordHash(), account.version(), account.createdMillis())
                .update() == 1;
        } catch (final DuplicateKeyException e) {
            return false;
        }
    }

    /** Ends the account's sessions, too. */
    void change(final Account account) {
        sql.sql("UPDATE account SET project = ?, role = ?, password_hash = ?, version = version + 1 WHERE name = ? AND " + OPEN)
            .params(account.project(), account.role().name(), account.passwordHash(), account.name()).update();
    }

    boolean close(final String name, final long nowMillis) {
        return sql.sql("UPDATE account SET closed_millis = ?, password_hash = '' WHERE name = ? AND " + OPEN).params(nowMillis, name).update() == 1;
    }

    private static Account read(final ResultSet row, final int number) throws SQLException {
        return new Account(row.getString("name"), row.getString("project"), Role.valueOf(row.getString("role")), row.getString("password_hash"),
            row.getLong("version"), row.getLong("created_millis"));
    }
}
