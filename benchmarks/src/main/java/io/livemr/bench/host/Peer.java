package io.livemr.bench.host;

import java.util.Optional;

/** Another way to do what we do, as good as we could make it. */
public interface Peer {

    int REASON_CHARS = 400;

    String name();

    /** Why it cannot run on this machine, found without running it; empty if it can. */
    Optional<String> obstacle();

    /** The line that is printed in place of its figures. */
    default String skipped(final String reason) {
        final String line = String.valueOf(reason).strip().replaceAll("\\s*\\n\\s*", "; ");
        return "skipped: " + name() + ": " + line.substring(0, Math.min(line.length(), REASON_CHARS));
    }
}
