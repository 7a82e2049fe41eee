package io.livemr.control.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Keeps the console to its own files: no script, style, frame or address of anybody else, and no markup out of a string. */
@Configuration
public class ConsoleHeaders {

    /** Trusted types: only lit-html may make elements out of text, and it does so with its own templates alone. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

    private static final String[] FILES = {"/", "/index.html", "/console/*", "/webjars/*"};

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> consolePolicy() {
        return onFiles(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
                    throws ServletException, IOException {
                response.setHeader("Content-Security-Policy", POLICY);
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Referrer-Policy", "no-referrer");
                chain.doFilter(request, response);
            }
        });
    }

    /** A browser asks each time whether its copy is still right, and gets no byte of a file that is. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> consoleEtags() {
        return onFiles(new ShallowEtagHeaderFilter());
    }

    private static FilterRegistrationBean<OncePerRequestFilter> onFiles(final OncePerRequestFilter filter) {
        final FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(FILES);
        return registration;
    }
}
