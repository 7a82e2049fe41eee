package io.livemr.control.engine;

import io.livemr.control.driver.DriverClient;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the panel's classes are: its own jar, or its classes folder in a build. */
final class PanelCode {

    private PanelCode() { }

    static Path location() {
        try {
            return Path.of(DriverClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("the panel's own jar has no path", e);
        }
    }
}
