package io.livemr.control.access;

import io.livemr.control.account.Account;
import io.livemr.control.account.AccountStore;
import io.livemr.control.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Sessions of the web console. One holds no more than whose it is; the account is looked up for each request, so a change of it counts at once. */
@Component
class AccountSessions implements SecurityContextRepository {

    private static final String ATTRIBUTE = "livemr.account";

    private final AccountStore accounts;

    AccountSessions(final AccountStore accounts) {
        this.accounts = accounts;
    }

    /** Whose session it is, and which version of the account signed in. */
    private record SignedIn(String account, long version) implements Serializable { }

    /** In place of any session there was. */
    void begin(final String name, final HttpServletRequest request) {
        end(request);
        final Account account = accounts.find(name).orElseThrow(() -> new IllegalStateException("account=" + name + " was closed just now"));
        try {
            request.getSession().setAttribute(ATTRIBUTE, new SignedIn(name, account.version()));
        } catch (final IllegalStateException e) {
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "too_many_sessions", "livemr.access.session-limit is reached; try again later");
        }
    }

    void end(final HttpServletRequest request) {
        final HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @Override
    public SecurityContext loadContext(final HttpRequestResponseHolder holder) {
        return account(holder.getRequest()).map(account -> new SecurityContextImpl(Caller.of(account).authenticated())).orElseGet(SecurityContextImpl::new);
    }

    /** Only {@link #begin} makes a session. */
    @Override
    public void saveContext(final SecurityContext context, final HttpServletRequest request, final HttpServletResponse response) { }

    @Override
    public boolean containsContext(final HttpServletRequest request) {
        return account(request).isPresent();
    }

    private Optional<Account> account(final HttpServletRequest request) {
        final HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof SignedIn signedIn
            ? find(signedIn.account()).filter(account -> account.version() == signedIn.version()) : Optional.empty();
    }

    private Optional<Account> find(final String name) {
        try {
            return accounts.find(name);
        } catch (final DataAccessException e) {
            throw new InternalAuthenticationServiceException("the database gives no answer", e);
        }
    }
}
