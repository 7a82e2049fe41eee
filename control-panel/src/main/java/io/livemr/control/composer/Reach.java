package io.livemr.control.composer;

import java.time.Instant;

/** Whether a peer gave an answer when it was last asked, and since when that is so. Safe for many threads. */
final class Reach {

    private volatile Seen seen = new Seen(false, null);

    /**
     * How it was at one moment.
     *
     * @param since null before it was ever asked.
     */
    record Seen(boolean reachable, Instant since) { }

    synchronized void is(final boolean reachable) {
        if (seen.since() == null || seen.reachable() != reachable) {
            seen = new Seen(reachable, Instant.now());
        }
    }

    Seen seen() {
        return seen;
    }
}
