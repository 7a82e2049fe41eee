package io.livemr.control.access;

import io.livemr.control.account.Account;
import io.livemr.control.account.AccountStore;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Local accounts by name and password. An account that is not there takes as long as a wrong password. */
@Component
class AccountPasswords extends DaoAuthenticationProvider {

    AccountPasswords(final AccountStore accounts, final PasswordEncoder passwords) {
        super(name -> accounts.find(name).map(AccountUser::new).orElseThrow(() -> new UsernameNotFoundException("no such account")));
        setPasswordEncoder(passwords);
    }

    /** Logins to other services are kinds of this one. */
    @Override
    public boolean supports(final Class<?> type) {
        return type == UsernamePasswordAuthenticationToken.class;
    }

    @Override
    protected Authentication createSuccessAuthentication(final Object principal, final Authentication given, final UserDetails user) {
        return ((AccountUser) user).caller.authenticated();
    }

    /** An account as the library wants to see it. */
    private static final class AccountUser extends User {

        private static final long serialVersionUID = 1L;

        private final transient Caller caller;

        AccountUser(final Account account) {
            super(account.name(), account.passwordHash(), List.of());
            this.caller = Caller.of(account);
        }
    }
}
