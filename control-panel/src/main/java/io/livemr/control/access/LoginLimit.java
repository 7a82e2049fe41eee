package io.livemr.control.access;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.livemr.control.settings.AccessSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Lets passwords, and tokens that Keystone has to be asked about, be tried so and so often only: for one name from one address, and ten times as
 * often for one name from anywhere and from one address for any name. A try is paid for before it is looked at, and given back unless it was wrong.
 */
final class LoginLimit implements AuthenticationManager {

    private static final int FROM_ANYWHERE = 10;

    private final AuthenticationManager manager;
    private final MeterRegistry metrics;
    private final Duration window;
    private final Buckets pairs;
    private final Buckets singles;

    LoginLimit(final AuthenticationManager manager, final AccessSettings settings, final MeterRegistry metrics, final TimeMeter time) {
        this.manager = manager;
        this.metrics = metrics;
        this.window = settings.failedLoginWindow();
        this.pairs = new Buckets(settings.failedLogins(), window, time);
        this.singles = new Buckets((long) FROM_ANYWHERE * settings.failedLogins(), window, time);
    }

    @Override
    public Authentication authenticate(final Authentication given) {
        return given instanceof UsernamePasswordAuthenticationToken || given instanceof KeystoneTokens.Sent ? limited(given) : manager.authenticate(given);
    }

    private Authentication limited(final Authentication given) {
        final List<Bucket> buckets = bucketsOf(given);
        if (!buckets.stream().allMatch(bucket -> bucket.tryConsume(1))) {
            metrics.counter("livemr.logins.refused", "reason", "too_many_logins").increment();
            throw new TooManyException("too_many_logins", window.toSeconds(), "too many wrong passwords for this name or from this address; "
                + "try again after livemr.access.failed-login-window=" + window);
        }
        try {
            final Authentication known = manager.authenticate(given);
            buckets.forEach(bucket -> bucket.addTokens(1));
            return known;
        } catch (final InternalAuthenticationServiceException e) {
            buckets.forEach(bucket -> bucket.addTokens(1));
            throw e;
        } catch (final AuthenticationException e) {
            metrics.counter("livemr.logins.refused", "reason", "unauthorized").increment();
            throw e;
        }
    }

    private List<Bucket> bucketsOf(final Authentication given) {
        final String name = "name=" + given.getName();
        final String address = "address=" + (given.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "");
        return List.of(pairs.of(name + " " + address), singles.of(name), singles.of(address));
    }
}
