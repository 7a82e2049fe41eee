package io.livemr.control.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.openstack.OpenStackException;
import io.livemr.control.web.OpenStackWords;
import io.livemr.control.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** Says as a problem why somebody was not let in. Never asks a browser to ask for a password: it would send it along from any page. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final ObjectMapper json;

    Refusals(final ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void commence(final HttpServletRequest request, final HttpServletResponse response, final AuthenticationException e) throws IOException {
        if (e instanceof TooManyException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.waitSeconds()));
            write(request, response, HttpStatus.TOO_MANY_REQUESTS, tooMany.reason(), e.getMessage());
            return;
        }
        if (e instanceof InternalAuthenticationServiceException) {
            nobodyCanBeKnown(request, response, e);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        write(request, response, HttpStatus.UNAUTHORIZED, "unauthorized", "send Authorization: Bearer with the content of the file token in the panel's state "
            + "folder, or Basic with an account's name and password, or sign in: POST /api/v1/session");
    }

    private void nobodyCanBeKnown(final HttpServletRequest request, final HttpServletResponse response, final AuthenticationException e)
            throws IOException {
        LOG.warn("nobody can be let in: {}", e.getMessage());
        response.setHeader(HttpHeaders.RETRY_AFTER, "30");
        if (e.getCause() instanceof OpenStackException openStack) {
            write(request, response, HttpStatus.SERVICE_UNAVAILABLE, openStack.reason(), openStack.getMessage());
        } else {
            write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "database_unavailable", Problems.NO_DATABASE);
        }
    }

    @Override
    public void handle(final HttpServletRequest request, final HttpServletResponse response, final AccessDeniedException e) throws IOException {
        if (e instanceof CsrfException) {
            write(request, response, HttpStatus.FORBIDDEN, "bad_csrf_token", "send the cookie XSRF-TOKEN again as header X-XSRF-TOKEN");
        } else {
            write(request, response, HttpStatus.FORBIDDEN, "forbidden", "role=" + Caller.current().role() + " may not do this; ask an admin");
        }
    }

    void write(final HttpServletRequest request, final HttpServletResponse response, final HttpStatus status, final String reason, final String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), OpenStackWords.added(Problems.of(status, reason, detail), request.getServletPath()));
    }
}
