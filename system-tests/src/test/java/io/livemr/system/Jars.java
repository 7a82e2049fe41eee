package io.livemr.system;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes of this test's class path come from, for programs that run in guests. */
final class Jars {
    private Jars() {
    }

    static Path of(final Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
