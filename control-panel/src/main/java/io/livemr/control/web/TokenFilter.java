package io.livemr.control.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without the token, but for {@code /actuator/health} with its two groups, the description of the interface and the files of the
 * console, which hold no data. Runs before a body is read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TokenFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    /** No dots but inside names: nothing leads out of these folders. */
    private static final Pattern OPEN = Pattern.compile(
        "/actuator/health(/liveness|/readiness)?|/v3/api-docs(\\.yaml|/swagger-config)?|/swagger-ui\\.html|/swagger-ui/[a-z0-9-]+(\\.[a-z0-9]+)+"
            + "|/(index\\.html)?|/(console|webjars)/([a-zA-Z-]+/)*[a-zA-Z-]+(\\.[a-z]+)+");

    private final TokenFile token;
    private final ObjectMapper json;

    public TokenFilter(final TokenFile token, final ObjectMapper json) {
        this.token = token;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(final HttpServletRequest request) {
        return OPEN.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
            throws ServletException, IOException {
        final String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given != null && given.startsWith(BEARER) && token.matches(given.substring(BEARER.length()).strip())) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), Problems.of(HttpStatus.UNAUTHORIZED, "unauthorized",
            "send Authorization: Bearer with the content of the file token in the panel's state folder"));
    }
}
