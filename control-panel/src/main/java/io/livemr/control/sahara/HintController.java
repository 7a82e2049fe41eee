package io.livemr.control.sahara;

import io.livemr.control.job.ConfiguredJobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Says to Sahara's clients what a job can be told. */
@RestController
@Tag(name = "sahara")
class HintController {

    /** One config. */
    @Schema(name = "SaharaHint")
    record Hint(String name, String value, String description) { }

    /** All there are. */
    @Schema(name = "SaharaHints")
    record Hints(List<Hint> configs, List<String> args) { }

    private static final Hints HINTS = new Hints(List.of(
        new Hint("edp.java.main_class", "", "Main class; the manifest's unless given"),
        new Hint(ConfiguredJobs.INPUTS, "", "Inputs as JSON or YAML, such as {\"vm1\": [\"/data/app.log\"]}; unless there is an input_id"),
        new Hint(ConfiguredJobs.OUTPUT, "", "Where in HDFS the job writes; a folder of its own unless given"),
        new Hint("mapreduce.job.reduces", "1", "As all properties of MapReduce that do not name the cluster")), List.of("{input}", "{output}"));

    @Operation(summary = "Say what a job can be told")
    @ApiResponse(responseCode = "200", description = "As `job_config`.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "`bad_request`: no job of this type runs here.")
    @GetMapping("/sahara/v1.1/jobs/config-hints/{type}")
    Map<String, Hints> hints(@PathVariable("type") final String type) {
        ItemCheck.requireJobType(type);
        return Map.of("job_config", HINTS);
    }
}
