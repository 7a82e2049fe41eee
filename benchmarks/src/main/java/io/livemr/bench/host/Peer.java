package io.livemr.bench.host;

import java.util.Optional;

/** Another way to do what we do, as good as we could make it. */
public interface Peer {

    String name();

    /** Why it cannot run on this machine, found without running it; empty if it can. */
    Optional<String> obstacle();
}
