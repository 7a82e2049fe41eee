package io.livemr.control.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An account as REST shows it. */
@Schema(name = "Account")
record AccountView(String name, String project, Role role, Instant createdAt) {

    static AccountView of(final Account account) {
        return new AccountView(account.name(), account.project(), account.role(), Instant.ofEpochMilli(account.createdMillis()));
    }
}
