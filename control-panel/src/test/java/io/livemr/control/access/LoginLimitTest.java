package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.livemr.control.support.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

class LoginLimitTest {

    private static final int LIMIT = 3;

    private long nanos;
    private final LoginLimit limit = new LoginLimit(LoginLimitTest::check,
        TestSettings.of(Path.of("/s"), "access.failed-logins", "" + LIMIT, "access.failed-login-window", "5m").access(), new SimpleMeterRegistry(),
        new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return nanos;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });

    @Test
    void shouldRefuseTheRightPasswordAfterTooManyWrongOnesUntilTimeHasPassed() {
        fail("alice", "10.0.0.1", LIMIT);

        assertTooMany("alice", "10.0.0.1");
        nanos += Duration.ofMinutes(5).toNanos() / LIMIT;
        assertThatCode(() -> limit.authenticate(login("alice", "10.0.0.1", "right"))).doesNotThrowAnyException();
    }

    @Test
    void shouldNotCountRightPasswords() {
        for (int i = 0; i < 100; i++) {
            limit.authenticate(login("alice", "10.0.0.1", "right"));
        }

        fail("alice", "10.0.0.1", LIMIT);
        assertTooMany("alice", "10.0.0.1");
    }

    @Test
    void shouldNotCountTriesThatNobodyCouldLookAt() {
        for (int i = 0; i < 10 * LIMIT; i++) {
            assertThatThrownBy(() -> limit.authenticate(login("alice", "10.0.0.1", "down"))).isInstanceOf(InternalAuthenticationServiceException.class);
        }

        assertThatCode(() -> limit.authenticate(login("alice", "10.0.0.1", "right"))).doesNotThrowAnyException();
    }

    @Test
    void shouldNotLockOutAnotherNameOrAnotherAddress() {
        fail("alice", "10.0.0.1", LIMIT);

        assertThatCode(() -> limit.authenticate(login("bob", "10.0.0.1", "right"))).doesNotThrowAnyException();
        assertThatCode(() -> limit.authenticate(login("alice", "10.0.0.2", "right"))).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseANameThatIsTriedFromManyAddressesAndAnAddressThatTriesManyNames() {
        for (int i = 0; i < 10 * LIMIT; i++) {
            fail("alice", "10.0.1." + i, 1);
            fail("name" + i, "10.0.0.1", 1);
        }

        assertTooMany("alice", "10.0.2.1");
        assertTooMany("carol", "10.0.0.1");
    }

    @Test
    void shouldNotHoldBackTokens() {
        fail("alice", "10.0.0.1", LIMIT);

        assertThatCode(() -> limit.authenticate(new PreAuthenticatedAuthenticationToken("alice", "right"))).doesNotThrowAnyException();
    }

    private void fail(final String name, final String address, final int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> limit.authenticate(login(name, address, "wrong"))).isInstanceOf(BadCredentialsException.class);
        }
    }

    private void assertTooMany(final String name, final String address) {
        assertThatThrownBy(() -> limit.authenticate(login(name, address, "right"))).isInstanceOf(TooManyException.class);
    }

    private static Authentication login(final String name, final String address, final String password) {
        final MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        final UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        login.setDetails(new WebAuthenticationDetails(request));
        return login;
    }

    private static Authentication check(final Authentication given) {
        if (given.getCredentials().equals("down")) {
            throw new InternalAuthenticationServiceException("the database gives no answer");
        }
        if (!given.getCredentials().equals("right")) {
            throw new BadCredentialsException("wrong");
        }
        return given;
    }
}
