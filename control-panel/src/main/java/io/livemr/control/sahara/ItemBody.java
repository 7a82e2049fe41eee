package io.livemr.control.sahara;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.livemr.control.web.StrictBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client says of something to be kept; which fields mean something depends on what it is. */
@Schema(name = "SaharaNewItem")
final class ItemBody extends StrictBody {

    @JsonProperty
    @Schema(description = "Each once in the project.", requiredMode = Schema.RequiredMode.REQUIRED)
    String name;
    @JsonProperty
    String description;
    @JsonProperty
    @Schema(description = "Of a job: `Java`. Of a data source: `livemr` or `hdfs`.")
    String type;
    @JsonProperty
    @Schema(description = "Of a job binary: `internal-db://ID`. Of a data source: `livemr://VM/PATH`, or a path in HDFS.")
    String url;
    @JsonProperty
    @Schema(description = "None: what is run is in `libs`.")
    List<String> mains;
    @JsonProperty
    @Schema(description = "Of a job: the id of the one job binary that is its jar.")
    List<String> libs;

    /** As they are kept. */
    Map<String, Object> details() {
        final Map<String, Object> details = new LinkedHashMap<>();
        put(details, "description", description);
        put(details, "type", type);
        put(details, "url", url);
        put(details, "libs", libs);
        return details;
    }

    private static void put(final Map<String, Object> details, final String field, final Object value) {
        if (value != null) {
            details.put(field, value);
        }
    }
}
