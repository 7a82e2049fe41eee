package io.livemr.control.composer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;

/** What became of asking an owner, as a composer tells it: docs/protocol.md section 4. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Grant(String id, String file, String vm, String path, String requester, String state, String reason, String message, String owner,
             String by, Instant since, Instant expiresAt) { }
