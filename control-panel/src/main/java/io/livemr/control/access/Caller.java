package io.livemr.control.access;

import io.livemr.control.account.Account;
import io.livemr.control.account.Role;
import io.livemr.control.project.Project;
import java.io.Serializable;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the request that is being answered. */
public record Caller(String name, String project, Role role) implements Serializable {

    static final Caller INSTALLATION = new Caller(Account.INSTALLATION, Project.DEFAULT, Role.ADMIN);

    static Caller of(final Account account) {
        return new Caller(account.name(), account.project(), account.role());
    }

    /** Only within a request that was let in. */
    public static Caller current() {
        final Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known != null && known.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("nobody is signed in; the path belongs into AccessRules");
    }

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /** Whether what belongs to this project is there at all, for this caller. */
    public boolean sees(final String itsProject) {
        return isAdmin() || project.equals(itsProject);
    }

    /** The one project whose things are there; empty for all. */
    public Optional<String> seenProject() {
        return isAdmin() ? Optional.empty() : Optional.of(project);
    }

    public boolean isInstallation() {
        return equals(INSTALLATION);
    }

    public Authentication authenticated() {
        return UsernamePasswordAuthenticationToken.authenticated(this, null, AuthorityUtils.createAuthorityList("ROLE_" + role));
    }
}
