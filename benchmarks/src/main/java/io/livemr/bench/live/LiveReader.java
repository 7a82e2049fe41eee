package io.livemr.bench.live;

import io.livemr.bench.host.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A way to read the log as it is now, from its first byte to its last. */
interface LiveReader extends Peer {

    /** What has to be there before the first read, for example an appliance that is built once. */
    void prepare() throws Exception;

    /** Begins one read. Everything that has to happen for each read happens from here on. */
    Reading open() throws Exception;

    @Override
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** One read under way. Closing it takes down what it needed, and is an error if the reader itself said that it failed. */
    interface Reading extends AutoCloseable {

        InputStream stream() throws IOException;

        @Override
        void close() throws Exception;
    }

    /** Environment of programs that need none. */
    Map<String, String> PLAIN = Map.of();
}
