package io.livemr.extent.wire;

import io.livemr.extent.ExtentMap;
import java.util.Objects;

/**
 * A file as of one {@code COMMIT} or {@code EXTEND}: its length in bytes, and extents that cover every byte below it. Extents may
 * reach past the length; a reader must not. Immutable, safe to share between threads.
 */
public record CommittedMap(ExtentMap extents, long lengthBytes) {

    public CommittedMap {
        Objects.requireNonNull(extents, "extents");
    }
}
