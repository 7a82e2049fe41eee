package io.livemr.control.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** The part {@code job} of a submission, as the user sent it; nothing of it is checked yet. */
public record JobRequest(
    @Schema(description = "For lists; the main class unless given.", example = "words") String name,
    @Schema(description = "The manifest's unless given.", example = "io.livemr.examples.WordCount") String mainClass,
    @Schema(description = "Of the main class; `{input}` and `{output}` are filled in anywhere. By default these two.") List<String> args,
    @Schema(description = "Each file once.", requiredMode = Schema.RequiredMode.REQUIRED) List<Input> inputs,
    @Schema(description = "Where in HDFS the job writes; a folder of its own unless given.") String output,
    @Schema(description = "How long the owners' yes is asked for.") Long ttlSeconds,
    @Schema(description = "Who asks the owners; `livemr.jobs.requester` unless given.", example = "alice") String requester,
    @Schema(description = "Of Hadoop, for the driver; those of the cluster are refused by name.") Map<String, String> properties) {

    /** A file of a virtual machine. */
    public record Input(@Schema(example = "vm1", requiredMode = Schema.RequiredMode.REQUIRED) String vm,
                        @Schema(example = "/data/app.log", requiredMode = Schema.RequiredMode.REQUIRED) String path) { }
}
