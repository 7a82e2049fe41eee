package io.livemr.control.account;

/**
 * A local account.
 *
 * @param passwordHash with the name of its algorithm in front.
 * @param version      rises with each change; sessions of an earlier one are over.
 */
public record Account(String name, String project, Role role, String passwordHash, long version, long createdMillis) {

    /** Under this name the installation's own token acts; nobody else has it. */
    public static final String INSTALLATION = "installation";

    /** Without the hash, so that no log can hold it. */
    @Override
    public String toString() {
        return "account=" + name + " project=" + project + " role=" + role;
    }
}
