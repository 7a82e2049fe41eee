package io.livemr.control.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a minute which passwords were right, so that a program that sends its password with each request costs one bcrypt a minute.
 * What is kept is an HMAC under a key that is never written anywhere, of the password together with its hash: a changed password is forgotten.
 */
final class RememberingEncoder implements PasswordEncoder {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final PasswordEncoder encoder;
    private final SecretKeySpec key;
    private final Cache<String, Boolean> right = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

    RememberingEncoder(final PasswordEncoder encoder) {
        this.encoder = encoder;
        final byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    @Override
    public String encode(final CharSequence password) {
        return encoder.encode(password);
    }

    @Override
    public boolean matches(final CharSequence password, final String hash) {
        final String mark = mark(hash + "\0" + password);
        if (right.getIfPresent(mark) != null) {
            return true;
        }
        final boolean matches = encoder.matches(password, hash);
        if (matches) {
            right.put(mark, true);
        }
        return matches;
    }

    private String mark(final String text) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
