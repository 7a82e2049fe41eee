package io.livemr.agent.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the agent did and what it refused, by reason; shown in {@code status}. Safe for several threads. */
public final class Counters {

    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> done = new TreeMap<>();

    /** Every reason is a word of docs/protocol.md, so their number is bounded. */
    public synchronized void rejected(final String reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    public synchronized void done(final String what) {
        done.merge(what, 1L, Long::sum);
    }

    public synchronized void reportTo(final ObjectNode status) {
        final ObjectNode counts = status.putObject("counters");
        done.forEach(counts::put);
        final ObjectNode reasons = status.putObject("rejected");
        rejected.forEach(reasons::put);
    }
}
