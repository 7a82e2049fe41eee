package io.livemr.extent;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives a test its seed, from {@code -Dseed} or the clock, and names it when the test fails. */
public final class SeededExtension implements ParameterResolver, TestExecutionExceptionHandler {

    private final long seed = seed();

    private static long seed() {
        final String given = System.getProperty("seed", "");
        return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    }

    @Override
    public boolean supportsParameter(final ParameterContext parameter, final ExtensionContext test) {
        return parameter.getParameter().getType() == Random.class;
    }

    @Override
    public Random resolveParameter(final ParameterContext parameter, final ExtensionContext test) {
        // Another sequence for each case of a parameterised test, the same one at each replay.
        return new Random(seed * 31 + test.getUniqueId().hashCode());
    }

    @Override
    public void handleTestExecutionException(final ExtensionContext test, final Throwable failure) throws Throwable {
        throw new AssertionError(failure.getMessage() + System.lineSeparator()
                + "replay: -Dtest=" + test.getRequiredTestClass().getSimpleName() + " -Dseed=" + seed, failure);
    }
}
