package io.livemr.control.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** The cookie that only pages of the panel can read: what a browser sends by itself is not enough to change anything. */
@Configuration
class CsrfRules {

    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    @Bean
    CsrfTokenRepository csrfTokenRepository() {
        final CookieCsrfTokenRepository cookies = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookies.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return cookies;
    }

    /** A header Authorization is put there by a program, unless a page of another site makes a browser send a password that it remembers. */
    static boolean apply(final HttpServletRequest request) {
        final boolean isSession = request.getSession(false) != null && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
        final String site = request.getHeader("Sec-Fetch-Site");
        return Changes.isOne(request) && (isSession || site != null && FOREIGN.contains(site));
    }
}
