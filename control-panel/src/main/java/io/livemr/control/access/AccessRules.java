package io.livemr.control.access;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.FORWARD;

import io.github.bucket4j.TimeMeter;
import io.livemr.control.account.Role;
import io.livemr.control.settings.AccessSettings;
import io.livemr.control.settings.PanelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What each path asks for. That an object is of one's own project is asked where the object is found. */
@Configuration
class AccessRules {

    /** Pages and descriptions; they hold nothing of this panel's data. */
    private static final String[] OPEN = {"/", "/index.html", "/favicon.ico", "/console/**", "/webjars/**", "/v3/api-docs", "/v3/api-docs.yaml",
        "/v3/api-docs/swagger-config", "/swagger-ui.html", "/swagger-ui/**", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"};

    @Bean
    AuthenticationManager authenticationManager(final List<AuthenticationProvider> providers, final PanelSettings settings,
                                                final MeterRegistry metrics) {
        return new LoginLimit(new ProviderManager(providers), settings.access(), metrics, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Any method: one that nobody knows is answered with 405 where the path is known. */
    @Bean
    HttpFirewall httpFirewall() {
        final StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    SecurityFilterChain accessRulesOfThePanel(final HttpSecurity http, final AuthenticationManager manager, final AccountSessions sessions,
                                              final CsrfTokenRepository csrfTokens, final Refusals refusals, final PanelSettings settings,
                                              final MeterRegistry metrics) throws Exception {
        final AccessSettings access = settings.access();
        return http
            .securityContext(context -> context.securityContextRepository(sessions))
            .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens).csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                .requireCsrfProtectionMatcher(CsrfRules::apply))
            .requestCache(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
            .headers(headers -> headers.addHeaderWriter(new ContentPolicy()).referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
            .exceptionHandling(errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
            .addFilterBefore(new BodyLimit(settings, refusals, metrics), CsrfFilter.class)
            .addFilterBefore(credentials(manager, refusals), AnonymousAuthenticationFilter.class)
            .addFilterBefore(new RequestLimit(access, refusals, metrics), AuthorizationFilter.class)
            .authorizeHttpRequests(AccessRules::byPath)
            .build();
    }

    private static AuthenticationFilter credentials(final AuthenticationManager manager, final AuthenticationEntryPoint refusals) {
        final AuthenticationFilter filter = new AuthenticationFilter(manager,
            new DelegatingAuthenticationConverter(InstallationToken::convert, KeystoneTokens::convert, new BasicAuthenticationConverter()));
        final AuthenticationEntryPointFailureHandler refuse = new AuthenticationEntryPointFailureHandler(refusals);
        // Also where nobody could look at what was given: that is no mistake of the panel's.
        refuse.setRethrowAuthenticationServiceException(false);
        filter.setFailureHandler(refuse);
        filter.setSuccessHandler((request, response, known) -> { });
        return filter;
    }

    private static void byPath(final AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry paths) {
        // The request that they belong to was let in.
        paths.dispatcherTypeMatchers(ASYNC, ERROR, FORWARD).permitAll()
            .requestMatchers(HttpMethod.GET, OPEN).permitAll()
            .requestMatchers(HttpMethod.POST, "/api/v1/session").permitAll()
            .requestMatchers("/api/v1/session/**").authenticated()
            .requestMatchers("/api/v1/accounts/**", "/api/v1/projects/**", "/api/v1/hosts").hasRole(Role.ADMIN.name())
            .requestMatchers(Changes::isOne).hasAnyRole(Role.ADMIN.name(), Role.ANALYST.name())
            .anyRequest().authenticated();
    }
}
