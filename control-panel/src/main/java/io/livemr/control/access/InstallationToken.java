package io.livemr.control.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/** {@code Authorization: Bearer} with the content of {@link TokenFile}: whoever can read the panel's state folder is an admin. */
@Component
class InstallationToken implements AuthenticationProvider {

    private static final String BEARER = "Bearer ";

    private final TokenFile token;

    InstallationToken(final TokenFile token) {
        this.token = token;
    }

    /** Null when the request brings none. */
    static Authentication convert(final HttpServletRequest request) {
        final String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.startsWith(BEARER)
            ? new PreAuthenticatedAuthenticationToken("bearer", header.substring(BEARER.length()).strip()) : null;
    }

    @Override
    public Authentication authenticate(final Authentication given) {
        if (!token.matches((String) given.getCredentials())) {
            throw new BadCredentialsException("not the token of this installation");
        }
        return Caller.INSTALLATION.authenticated();
    }

    @Override
    public boolean supports(final Class<?> type) {
        return type == PreAuthenticatedAuthenticationToken.class;
    }
}
