package io.livemr.control.sahara;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livemr.control.web.StrictBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** The body of {@code POST /jobs/ID/execute}. */
@Schema(name = "SaharaNewExecution")
final class ExecutionBody extends StrictBody {

    @JsonProperty("cluster_id")
    @Schema(description = "Taken and not looked at: jobs run on the panel's one engine.")
    String cluster;
    @JsonProperty("input_id")
    @Schema(description = "A data source of type `livemr`; `livemr.inputs` among the configs in its place.")
    String input;
    @JsonProperty("output_id")
    @Schema(description = "A data source of type `hdfs`; `livemr.output` among the configs in its place, or neither.")
    String output;
    @JsonProperty("job_configs")
    Configs configs = new Configs();

    /** How to run it. */
    @Schema(name = "SaharaJobConfigs")
    static final class Configs extends StrictBody {

        @JsonProperty
        @Schema(description = "`edp.java.main_class` (the manifest's unless given), `livemr.inputs`, `livemr.output`; all others are Hadoop's properties.")
        Map<String, Object> configs = Map.of();
        @JsonProperty
        @Schema(description = "Of the main class; `{input}` and `{output}` are filled in, and are what it gets unless given.")
        List<String> args;
    }
}
