package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/** What a composer says of itself: docs/protocol.md section 4. */
@JsonIgnoreProperties(ignoreUnknown = true)
record HostReport(String version, Instant startedAt, int vms, long files) { }
