package io.livemr.control.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** One application of a job on YARN, as YARN says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationView(String id, String name, String state,
                              @Schema(description = "`UNDEFINED` until it has ended.") String finalStatus,
                              @Schema(description = "From 0 to 1.") double progress, String trackingUrl,
                              @Schema(description = "Of a MapReduce job, by group and name.") Map<String, Map<String, Long>> counters) { }
