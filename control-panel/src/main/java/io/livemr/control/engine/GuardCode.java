package io.livemr.control.engine;

import io.livemr.control.guard.Guard;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the guard's classes are: the panel's own jar, or its classes folder in a build. */
final class GuardCode {

    private GuardCode() { }

    static Path location() {
        try {
            return Path.of(Guard.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("the panel's own jar has no path", e);
        }
    }
}
