package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * Files of a machine that a pattern means, as far as a requester may know: docs/protocol.md section 4.
 *
 * @param truncated whether there are more.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Listing(List<File> files, boolean truncated) {

    /** One of them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record File(String path) { }
}
