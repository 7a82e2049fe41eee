package io.livemr.hdfs.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** A composed file as the composer describes it; {@code state} and {@code reason} are those of docs/protocol.md, section 3. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComposedFile(
        String name, String path, String requester, String state, String reason, String message, long lengthBytes,
        List<Source> sources) {

    /** One guest file in it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Source(
            String vm, String path, String state, String reason, String message, String owner, String by,
            long lengthBytes) {
    }

    public ComposedFile {
        sources = sources == null ? List.of() : List.copyOf(sources);
    }

    public boolean isLive() {
        return "LIVE".equals(state);
    }

    /** Will it never be live any more? */
    public boolean isOver() {
        return "DENIED".equals(state) || "REVOKED".equals(state) || "FAILED".equals(state);
    }
}
