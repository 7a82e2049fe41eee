package io.livemr.control.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Words that run a command in a session of its own under {@code guard.sh}, which outlives the panel. */
public final class Guard {

    private static final String SCRIPT = script();

    private Guard() { }

    /** @param step the folder of a {@link StepFolder}. */
    public static List<String> of(final Path step, final long logLimitBytes, final Duration timeLimit, final List<String> command) {
        final Stream<String> guard = Stream.of("setsid", "bash", "-c", SCRIPT, "guard",
            step.toString(), Long.toString(logLimitBytes), Long.toString(timeLimit.toMillis()));
        return Stream.concat(guard, command.stream()).toList();
    }

    private static String script() {
        try (InputStream script = Guard.class.getResourceAsStream("guard.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("the panel's own jar is not readable", e);
        }
    }
}
