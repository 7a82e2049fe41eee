package io.livemr.control.access;

import io.livemr.control.account.Role;
import io.livemr.control.jar.Sha256;
import io.livemr.control.openstack.OpenStack;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.openstack.OpenStackUser;
import io.livemr.control.settings.OpenStackSettings;
import io.livemr.control.settings.PanelSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/** Users of Keystone, by {@code X-Auth-Token} or by a password that Keystone knows. A project of Keystone is a project here, by its id. */
@Component
class KeystoneTokens implements AuthenticationProvider {

    private static final String HEADER = "X-Auth-Token";

    private final OpenStack openStack;
    private final OpenStackSettings settings;

    KeystoneTokens(final OpenStack openStack, final PanelSettings settings) {
        this.openStack = openStack;
        this.settings = settings.openstack();
    }

    /** A token of Keystone that was sent along. */
    static final class Sent extends PreAuthenticatedAuthenticationToken {

        private static final long serialVersionUID = 1L;

        Sent(final String token, final HttpServletRequest request) {
            super(Sha256.of(token.getBytes(StandardCharsets.UTF_8)), token);
            setDetails(new WebAuthenticationDetails(request));
        }
    }

    /** Null when the request brings none. */
    static Authentication convert(final HttpServletRequest request) {
        final String token = request.getHeader(HEADER);
        return token == null || token.isBlank() ? null : new Sent(token, request);
    }

    /** The end of what Keystone granted is in the details. */
    @Override
    public Authentication authenticate(final Authentication given) {
        if (!openStack.isOn()) {
            throw new BadCredentialsException("there is no OpenStack: livemr.openstack.auth-url is not set");
        }
        try {
            final OpenStackUser user = given instanceof KeystoneLogin login
                ? openStack.login(login.getName(), login.domain(), (String) login.getCredentials(), login.project())
                : openStack.validate((String) given.getCredentials());
            final AbstractAuthenticationToken known = (AbstractAuthenticationToken) new Caller(user.name(), user.project(), role(user)).authenticated();
            known.setDetails(user.expiresAt());
            return known;
        } catch (final OpenStackException e) {
            throw refused(e);
        }
    }

    @Override
    public boolean supports(final Class<?> type) {
        return type == Sent.class || type == KeystoneLogin.class;
    }

    private Role role(final OpenStackUser user) {
        if (has(user, settings.adminRoles())) {
            return Role.ADMIN;
        }
        if (has(user, settings.analystRoles())) {
            return Role.ANALYST;
        }
        if (has(user, settings.viewerRoles())) {
            return Role.VIEWER;
        }
        throw new BadCredentialsException("none of the user's roles in Keystone is one of livemr.openstack");
    }

    private static boolean has(final OpenStackUser user, final List<String> roles) {
        return !Collections.disjoint(user.roles(), roles);
    }

    /** Keystone says 404 of a token that is none, or no more. */
    private static AuthenticationException refused(final OpenStackException e) {
        return List.of(400, 401, 404).contains(e.status()) ? new BadCredentialsException(e.getMessage(), e)
            : new InternalAuthenticationServiceException(e.getMessage(), e);
    }
}
