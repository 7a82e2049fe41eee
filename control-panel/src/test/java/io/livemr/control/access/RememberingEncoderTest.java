package io.livemr.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class RememberingEncoderTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final RememberingEncoder encoder = new RememberingEncoder(new PasswordEncoder() {
        @Override
        public String encode(final CharSequence password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(final CharSequence password, final String hash) {
            asked.incrementAndGet();
            return encode(password).equals(hash);
        }
    });

    @Test
    void shouldLookOnceAtAPasswordThatIsRight() {
        assertThat(encoder.matches("right", "hash of right")).isTrue();
        assertThat(encoder.matches("right", "hash of right")).isTrue();

        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldNotTakeAnOldPasswordForANewOne() {
        encoder.matches("old", "hash of old");

        assertThat(encoder.matches("old", "hash of new")).isFalse();
    }

    @Test
    void shouldLookAtAWrongPasswordEachTime() {
        assertThat(encoder.matches("wrong", "hash of right")).isFalse();
        assertThat(encoder.matches("wrong", "hash of right")).isFalse();

        assertThat(asked).hasValue(2);
    }
}
