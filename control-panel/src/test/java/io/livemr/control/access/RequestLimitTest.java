package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemr.control.account.Role;
import io.livemr.control.support.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

class RequestLimitTest {

    private static final int BURST = 5;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final RequestLimit limit = new RequestLimit(TestSettings.of(Path.of("/s"), "access.request-burst", "" + BURST, "access.request-rate", "1").access(),
        new Refusals(new ObjectMapper()), metrics);

    @AfterEach
    void forgetWhoCalled() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void shouldRefuseTheRequestThatIsOneTooManyAndSayWhenToComeAgain() throws Exception {
        ask(new Caller("alice", "web", Role.VIEWER), BURST);

        final MockHttpServletResponse refusal = ask(new Caller("alice", "web", Role.VIEWER), 1);

        assertThat(refusal.getStatus()).isEqualTo(429);
        assertThat(refusal.getContentAsString()).contains("too_many_requests");
        assertThat(Integer.parseInt(refusal.getHeader("Retry-After"))).isBetween(1, 2);
        assertThat(metrics.counter("livemr.requests.refused", "reason", "too_many_requests").count()).isEqualTo(1);
    }

    @Test
    void shouldCountEachAccountByItself() throws Exception {
        ask(new Caller("alice", "web", Role.VIEWER), BURST + 1);

        assertThat(ask(new Caller("bob", "web", Role.VIEWER), 1).getStatus()).isEqualTo(200);
    }

    @Test
    void shouldCountStrangersByTheirAddress() throws Exception {
        assertThat(ask(null, BURST).getStatus()).isEqualTo(200);
        assertThat(ask(null, 1).getStatus()).isEqualTo(429);
    }

    @Test
    void shouldNotHoldBackTheInstallationsOwnTools() throws Exception {
        assertThat(ask(Caller.INSTALLATION, 100 * BURST).getStatus()).isEqualTo(200);
    }

    /** The last answer. */
    private MockHttpServletResponse ask(final Caller caller, final int times) throws Exception {
        SecurityContextHolder.getContext().setAuthentication(caller == null ? null : caller.authenticated());
        MockHttpServletResponse answer = null;
        for (int i = 0; i < times; i++) {
            answer = new MockHttpServletResponse();
            limit.doFilter(new MockHttpServletRequest(), answer, new MockFilterChain());
        }
        return answer;
    }
}
