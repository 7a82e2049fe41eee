package io.livemr.control.livy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livemr.control.web.StrictBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** The body of {@code POST /batches}. What belongs to Spark is refused by name. */
final class BatchRequest extends StrictBody {

    @JsonProperty
    @Schema(description = "`sha256:` and the SHA-256 of a jar that came with an earlier job and is kept.", requiredMode = Schema.RequiredMode.REQUIRED)
    String file;
    @JsonProperty
    @Schema(description = "Who asks the owners.")
    String proxyUser;
    @JsonProperty
    @Schema(description = "Main class; the manifest's unless given.")
    String className;
    @JsonProperty
    @Schema(description = "Of the main class; `{input}` and `{output}` are filled in.")
    List<String> args;
    @JsonProperty
    String name;
    @JsonProperty
    @Schema(description = "Hadoop properties; `livemr.inputs` holds the inputs as JSON (or YAML), `livemr.output` the place in HDFS.")
    Map<String, String> conf;
}
