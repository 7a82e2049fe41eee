package io.livemr.system.failpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long all may take to be right again: counted from the moment at which the killed program serves again and the one that stood at its point goes on.
 * Until then a client may be refused as long as it likes.
 */
final class Recovery {
    /** What docs/fault-injection.md promises. */
    static final Duration LIMIT = Duration.ofSeconds(120);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private volatile long beganNanos;
    private volatile boolean hasBegun;

    void begin() {
        beganNanos = System.nanoTime();
        hasBegun = true;
    }

    Duration sinceBegun() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    /** Something that may not be so yet. A call that was refused or cut off says nothing of what became of it. */
    @FunctionalInterface
    interface Attempt {
        boolean succeeds() throws Exception;
    }

    /** Tries until it succeeds. */
    void await(final String what, final Attempt attempt) throws InterruptedException {
        Exception refusal = null;
        while (true) {
            try {
                if (attempt.succeeds()) {
                    return;
                }
            } catch (final InterruptedException e) {
                throw e;
            } catch (final Exception e) {
                refusal = e;
            }
            if (hasBegun && sinceBegun().compareTo(LIMIT) > 0) {
                throw new AssertionError(what + ": not within " + LIMIT + " of the recovery", refusal);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }
}
