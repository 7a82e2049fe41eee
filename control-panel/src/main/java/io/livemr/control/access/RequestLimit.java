package io.livemr.control.access;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.livemr.control.settings.AccessSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** How many requests an account may make, or an address that has none. The installation's own tools are not held back. */
final class RequestLimit extends OncePerRequestFilter {

    private final Buckets buckets;
    private final Refusals refusals;
    private final MeterRegistry metrics;

    RequestLimit(final AccessSettings settings, final Refusals refusals, final MeterRegistry metrics) {
        this.buckets = new Buckets(settings.requestBurst(), Duration.ofSeconds(Math.max(1, settings.requestBurst() / settings.requestRate())),
            TimeMeter.SYSTEM_NANOTIME);
        this.refusals = refusals;
        this.metrics = metrics;
    }

    @Override
    protected void doFilterInternal(final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
            throws ServletException, IOException {
        final Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known != null && known.getPrincipal() instanceof Caller caller) {
            pass(caller.isInstallation() ? null : "account=" + caller.name(), request, response, chain);
        } else {
            pass("address=" + request.getRemoteAddr(), request, response, chain);
        }
    }

    private void pass(final String key, final HttpServletRequest request, final HttpServletResponse response, final FilterChain chain)
            throws ServletException, IOException {
        final ConsumptionProbe probe = key == null ? null : buckets.of(key).tryConsumeAndReturnRemaining(1);
        if (probe == null || probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        metrics.counter("livemr.requests.refused", "reason", "too_many_requests").increment();
        refusals.commence(request, response, new TooManyException("too_many_requests",
            1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds(), "livemr.access.request-rate is exceeded; ask less often"));
    }
}
