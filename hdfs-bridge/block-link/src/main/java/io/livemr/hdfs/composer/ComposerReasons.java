package io.livemr.hdfs.composer;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * Why a composed file cannot be read, in the composer's words. A refused file cannot even be opened to read its extended
 * attributes, so the composer is asked over REST, within a second.
 */
public final class ComposerReasons implements UnaryOperator<String> {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ComposerClient composer;

    private ComposerReasons(ComposerClient composer) {
        this.composer = composer;
    }

    /** Empty answers only, where the configuration names no composer. */
    public static UnaryOperator<String> from(Configuration conf) {
        return ComposerAddress.isSet(conf)
            ? new ComposerReasons(new ComposerClient(new ComposerAddress(conf))) : name -> "";
    }

    /** @return {@code " state=… reason=…"}, or nothing. */
    @Override
    public String apply(String name) {
        try {
            final ComposedFile file = composer.file(name, PATIENCE);
            return " state=" + file.state() + (file.reason() == null ? "" : " reason=" + file.reason());
        } catch (ComposerException e) {
            return " composer=\"" + e.getMessage() + "\"";
        } catch (IOException | RuntimeException e) {
            return "";   // the composer is not there to be asked; the error itself says enough
        }
    }
}
