package io.livemr.control.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What admins send about accounts. Neither says its password when it is printed. */
final class AccountRequests {

    /** Those of a job's requester but for the @ that names of OpenStack have. */
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}";

    private AccountRequests() { }

    /** A new account. */
    @Schema(name = "NewAccount")
    record New(@Schema(example = "alice") @NotNull @Pattern(regexp = NAME) String name,
               @Schema(example = "web") @NotNull String project, @NotNull Role role,
               @Schema(description = "12 characters or more.") @NotNull @Size(min = 12) String password) {

        @Override
        public String toString() {
            return "account=" + name;
        }
    }

    /** A change of one. */
    @Schema(name = "AccountChange")
    record Change(String project, Role role, @Size(min = 12) String password) {

        @Override
        public String toString() {
            return "project=" + project + " role=" + role;
        }
    }
}
