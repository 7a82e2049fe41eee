package io.livemr.control.account;

import io.livemr.control.access.Caller;
import io.livemr.control.audit.AuditEvent;
import io.livemr.control.audit.AuditLog;
import io.livemr.control.project.ProjectStore;
import io.livemr.control.settings.JobSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What admins do with accounts, and each account with its own password. */
@Service
public class AccountService {

    /** bcrypt takes no more. */
    private static final int PASSWORD_LIMIT_BYTES = 72;

    private final AccountStore accounts;
    private final ProjectStore projects;
    private final PasswordEncoder passwords;
    private final JobSettings settings;
    private final AuditLog audit;
    private final Clock clock;

    AccountService(final AccountStore accounts, final ProjectStore projects, final PasswordEncoder passwords, final PanelSettings settings,
                   final AuditLog audit, final Clock clock) {
        this.accounts = accounts;
        this.projects = projects;
        this.passwords = passwords;
        this.settings = settings.jobs();
        this.audit = audit;
        this.clock = clock;
    }

    public Account find(final String name) {
        return accounts.find(name).orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "no_such_account",
            "account=" + name + " is not known; GET /api/v1/accounts lists them"));
    }

    @Transactional
    public Account create(final String name, final String project, final Role role, final String password) {
        requireProject(project);
        // Owners granted files to this name when the installation's token asked for them.
        final boolean isFree = !List.of(Account.INSTALLATION, settings.requester()).contains(name)
            && accounts.insert(new Account(name, project, role, encoded(password), 1, clock.millis()));
        if (!isFree) {
            throw new ApiException(HttpStatus.CONFLICT, "account_exists",
                "account=" + name + " is taken or was; what owners granted to it is nobody else's, so choose another name");
        }
        return told(AuditEvent.ACCOUNT_CREATED, find(name));
    }

    /** Null leaves a thing as it is. */
    @Transactional
    public Account change(final String name, final String project, final Role role, final String password) {
        final Account before = find(name);
        if (project != null) {
            requireProject(project);
        }
        accounts.change(new Account(name, project == null ? before.project() : project, role == null ? before.role() : role,
            password == null ? before.passwordHash() : encoded(password), before.version(), before.createdMillis()));
        return told(AuditEvent.ACCOUNT_CHANGED, find(name));
    }

    /** Ends the account's sessions. */
    @Transactional
    public void changePassword(final String name, final String password) {
        change(name, null, null, password);
    }

    @Transactional
    public void close(final String name) {
        told(AuditEvent.ACCOUNT_CLOSED, find(name));
        accounts.close(name, clock.millis());
    }

    private Account told(final AuditEvent event, final Account account) {
        audit.subject(event, Caller.current().name(), account.project(), account.name());
        return account;
    }

    private void requireProject(final String project) {
        if (projects.find(project).isEmpty()) {
            throw new ApiException(HttpStatus.UNPROCESSABLE_ENTITY, "no_such_project",
                "project=" + project + " is not known; PUT /api/v1/projects/" + project + " makes it");
        }
    }

    private String encoded(final String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > PASSWORD_LIMIT_BYTES) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "field=password must be " + PASSWORD_LIMIT_BYTES + " bytes at most");
        }
        return passwords.encode(password);
    }
}
