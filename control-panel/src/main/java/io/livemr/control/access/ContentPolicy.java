package io.livemr.control.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What a browser may load and run of an answer: nothing of anybody else's, and of a string no markup in the console's own pages. */
final class ContentPolicy implements HeaderWriter {

    /** Trusted types: only lit-html may make elements out of text, and it does so with its own templates alone. */
    private static final String CONSOLE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

    /** Swagger's page has styles in its elements and images in its addresses. */
    private static final String OTHERS = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final RequestMatcher CONSOLE_PATHS = new OrRequestMatcher(Stream.of("/", "/index.html", "/console/**", "/webjars/**")
        .map(PathPatternRequestMatcher.withDefaults()::matcher).map(RequestMatcher.class::cast).toList());

    @Override
    public void writeHeaders(final HttpServletRequest request, final HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONSOLE_PATHS.matches(request) ? CONSOLE : OTHERS);
    }
}
