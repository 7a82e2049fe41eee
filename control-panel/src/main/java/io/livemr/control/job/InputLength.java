package io.livemr.control.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much of a growing file a job sees. */
public enum InputLength {
    /** What is there when the job opens it. */
    @JsonProperty("live") LIVE,
    /** What was there when all owners had said yes and the file was linked, and no byte more. */
    @JsonProperty("pinned") PINNED
}
