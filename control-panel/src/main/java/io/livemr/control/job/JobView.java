package io.livemr.control.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.control.composer.ComposedFile;
import io.livemr.control.input.InputFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A job as the REST interface shows it. Instants are ISO 8601 in UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(String id, @Schema(description = "The account that submitted it.") String account, String project, String name,
                      JobState state,
                      @Schema(description = "One word for programs: why it ended.") String reason,
                      @Schema(description = "What it waits for, or why it ended and what to do.") String message, String mainClass, List<String> args, String output,
                      String requester, Long ttlSeconds, Map<String, String> properties, JarView jar, Integer exitCode, boolean killRequested,
                      @Schema(description = "Whether nothing but record, jar, log and output is left.") boolean cleanedUp,
                      Instant createdAt, Instant startedAt, Instant finishedAt, List<InputView> inputs,
                      @Schema(description = "On YARN; empty where jobs run inside their drivers.") List<ApplicationView> applications) {

    /** What was uploaded; {@code kept} while the job can be run again. */
    public record JarView(String sha256, long lengthBytes, boolean kept) { }

    /** One input file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InputView(String vm, String path, @Schema(description = "Address of its composer.") String host, String composedFile, String hdfsPath,
                            String state, String reason, String message, String owner,
                            @Schema(description = "Whose yes it was: `owner`, or `policy` of the machine's administrator.") String grantedBy, Long lengthBytes,
                            InputLength length,
                            @Schema(description = "`GET /api/v1/grants` has it.") String grant,
                            @Schema(description = "When the newest map came in force; for one job that has not ended.") Instant mappedAt,
                            @Schema(description = "How far behind the agent its composer can be at most; for one job that has not ended.")
                            Long lagMillis) {

        /** @param now null where that is not known; else what is known of before gives way to it. */
        static InputView of(final InputFile file, final ComposedFile now) {
            return now == null
                ? new InputView(file.vm(), file.path(), file.composer(), file.composedFile(), file.hdfsPath(), file.state().name(), file.reason(),
                    file.message(), file.owner(), file.grantedBy(), file.lengthBytes(), length(file), file.grant(), null, null)
                : new InputView(file.vm(), file.path(), file.composer(), file.composedFile(), file.hdfsPath(), now.state(), now.anyReason(),
                    now.anyMessage(), now.owner(), now.by(), now.lengthBytes(), length(file), file.grant(), now.last().mappedAt(), now.last().lagMillis());
        }

        private static InputLength length(final InputFile file) {
            return file.pinned() ? InputLength.PINNED : InputLength.LIVE;
        }
    }

    /** @param now what composers say of its files at this moment, by name. */
    static JobView of(final Job job, final List<InputFile> inputs, final Map<String, ComposedFile> now,
                      final List<ApplicationView> applications) {
        return new JobView(job.id(), job.creator().account(), job.creator().project(), job.spec().name(), job.state(), job.reason(), job.message(),
            job.jar().mainClass(), job.spec().args(), job.spec().output(), job.spec().requester(), job.spec().ttlSeconds(), job.spec().properties(),
            new JarView(job.jar().sha256(), job.jar().lengthBytes(), job.jarKept()), job.exitCode(), job.killRequested(),
            job.cleanedUp(), Instant.ofEpochMilli(job.createdMillis()), instant(job.startedMillis()),
            instant(job.finishedMillis()), inputs.stream().map(file -> InputView.of(file, file.composedFile() == null ? null : now.get(file.composedFile()))).toList(),
            applications);
    }

    private static Instant instant(final Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
