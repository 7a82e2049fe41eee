package io.livemr.control.access;

import io.livemr.control.account.Account;
import io.livemr.control.account.AccountStore;
import io.livemr.control.web.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Sessions of the web console. One holds no more than whose it is; the account is
 * looked up for each request, so a change of it counts at once. That of a user of Keystone ends when his token would. */
@Component
class AccountSessions implements SecurityContextRepository {

    private static final String ATTRIBUTE = "livemr.account";

    private final AccountStore accounts;
    private final Clock clock;

    AccountSessions(final AccountStore accounts, final Clock clock) {
        this.clock = clock;
        this.accounts = accounts;
    }

    /** Whose session it is, and which version of the account signed in. */
    private record SignedIn(String account, long version) implements Serializable { }

    /** Whom Keystone let in, and until when. */
    private record Guest(Caller caller, Instant expiresAt) implements Serializable { }

    /** In place of any session there was. */
    void begin(final Authentication known, final HttpServletRequest request) {
        end(request);
        try {
            request.getSession().setAttribute(ATTRIBUTE, content((Caller) known.getPrincipal(), known.getDetails()));
        } catch (final IllegalStateException e) {
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "too_many_sessions", "livemr.access.session-limit is reached; try again later");
        }
    }

    private Serializable content(final Caller caller, final Object details) {
        return details instanceof Instant expiresAt ? new Guest(caller, expiresAt)
            : find(caller.name()).map(account -> new SignedIn(account.name(), account.version()))
                .orElseThrow(() -> new BadCredentialsException("account=" + caller.name() + " was closed just now"));
    }

    void end(final HttpServletRequest request) {
        final HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    @Override
    public SecurityContext loadContext(final HttpRequestResponseHolder holder) {
        return caller(holder.getRequest()).map(caller -> new SecurityContextImpl(caller.authenticated())).orElseGet(SecurityContextImpl::new);
    }

    /** Only {@link #begin} makes a session. */
    @Override
    public void saveContext(final SecurityContext context, final HttpServletRequest request, final HttpServletResponse response) { }

    @Override
    public boolean containsContext(final HttpServletRequest request) {
        return caller(request).isPresent();
    }

    private Optional<Caller> caller(final HttpServletRequest request) {
        final HttpSession session = request.getSession(false);
        final Object content = session == null ? null : session.getAttribute(ATTRIBUTE);
        if (content instanceof SignedIn signedIn) {
            return find(signedIn.account()).filter(account -> account.version() == signedIn.version()).map(Caller::of);
        }
        return content instanceof Guest guest && guest.expiresAt().isAfter(clock.instant()) ? Optional.of(guest.caller()) : Optional.empty();
    }

    private Optional<Account> find(final String name) {
        try {
            return accounts.find(name);
        } catch (final DataAccessException e) {
            throw new InternalAuthenticationServiceException("the database gives no answer", e);
        }
    }
}
