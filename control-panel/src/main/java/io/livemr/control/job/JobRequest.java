package io.livemr.control.job;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** The part {@code job} of a submission, as the user sent it; nothing of it is checked yet. */
public record JobRequest(
    @Schema(description = "For lists; the main class unless given.", example = "words") String name,
    @Schema(description = "The manifest's unless given.", example = "io.livemr.examples.WordCount") String mainClass,
    @Schema(description = "Of the main class; `{input}` and `{output}` are filled in anywhere. By default these two.") List<String> args,
    @Schema(description = "Each once. May also be an object from machine to a path or a list of paths.", requiredMode = Schema.RequiredMode.REQUIRED)
    @JsonDeserialize(using = InputsReader.class) List<Input> inputs,
    @Schema(description = "Where in HDFS the job writes; a folder of its own unless given.") String output,
    @Schema(description = "How long the owners' yes is asked for.") Long ttlSeconds,
    @Schema(description = "Who asks the owners; `livemr.jobs.requester` unless given.", example = "alice") String requester,
    @Schema(description = "Of Hadoop, for the driver; those of the cluster are refused by name.") Map<String, String> properties) {

    /** Files of a virtual machine: one by its path, or those that are there now and that a pattern or a folder means. */
    public record Input(
        @Schema(example = "vm1", requiredMode = Schema.RequiredMode.REQUIRED) String vm,
        @Schema(description = "Of one file.", example = "/data/app.log") String path,
        @Schema(description = "`*` and `?` stand for characters of a name, `**` for folders.", example = "/data/*.log") String glob,
        @Schema(description = "The files right in it whose names begin with no dot.", example = "/data") String folder,
        @Schema(description = "`live` (the default): the job sees what is there when it reads. `pinned`: no more than was there when it was linked.")
        InputLength length) {

        /** In the short form: with {@code *} or {@code ?} a pattern, with a slash at its end a folder. */
        static Input of(final String vm, final String text) {
            if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
                return new Input(vm, null, text, null, null);
            }
            return text.length() > 1 && text.endsWith("/") ? new Input(vm, null, null, text.substring(0, text.length() - 1), null)
                : new Input(vm, text, null, null, null);
        }

        /** The same files of what is called otherwise. */
        Input onVm(final String name) {
            return new Input(name, path, glob, folder, length);
        }

        /** What is to be looked for, where it is not one path. */
        String pattern() {
            return glob != null ? glob : folder.equals("/") ? "/*" : folder + "/*";
        }

        boolean isPinned() {
            return length == InputLength.PINNED;
        }
    }
}
