package io.livemr.simulation.host;

import java.util.Map;
import java.util.TreeMap;

/** How reads went. For one thread. */
public final class Tally {

    private final Map<String, Long> refused = new TreeMap<>();
    private long right;

    void right() {
        right++;
    }

    void refused(final String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    /** Reads whose bytes were the file's. */
    public long rightReads() {
        return right;
    }

    /** By reason. */
    public Map<String, Long> refusedReads() {
        return refused;
    }
}
