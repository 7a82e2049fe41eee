package io.livemr.control.sahara;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.livemr.control.job.Job;
import io.livemr.control.job.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** A job in Sahara's words; its id is the job's. What is null is not known, or never will be. */
@Schema(name = "SaharaExecution")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ExecutionView(String id, @Schema(description = "What was run.") String jobId, @Schema(description = "The project.") String tenantId, String clusterId, String inputId,
                     String outputId, String createdAt, String startTime, String endTime, @Schema(description = "The driver's exit code.") String returnCode,
                     JobConfigs jobConfigs, Info info, boolean isPublic, boolean isProtected) {

    /** How it was run. */
    @Schema(name = "SaharaExecutionConfigs")
    record JobConfigs(Map<String, String> configs, List<String> args) { }

    /** How it stands. */
    @Schema(name = "SaharaExecutionInfo")
    record Info(@Schema(description = "PENDING, RUNNING, TOBEKILLED, SUCCEEDED, FAILED or KILLED") String status, String appName, String user, List<Action> actions) { }

    /** The job's own words for it. */
    @Schema(name = "SaharaExecutionAction")
    record Action(String name, JobState status, @Schema(description = "The reason.") String errorCode, @Schema(description = "What it waits for, or why it ended.") String errorMessage) { }

    static ExecutionView of(final ExecutionStore.Origin origin, final Job job) {
        return new ExecutionView(job.id(), origin.template(), job.creator().project(), null, origin.input(), origin.output(), Instants.text(job.createdMillis()),
            Instants.text(job.startedMillis()), Instants.text(job.finishedMillis()), job.exitCode() == null ? null : job.exitCode().toString(),
            new JobConfigs(job.spec().properties(), job.spec().args()),
            new Info(status(job), job.spec().name(), job.creator().account(), List.of(new Action("job", job.state(), job.reason(), job.message()))), false, false);
    }

    private static String status(final Job job) {
        return job.killRequested() && !job.state().isEnd() ? "TOBEKILLED" : switch (job.state()) {
            case SUBMITTED, AWAITING_CONSENT, COMPOSING -> "PENDING";
            case RUNNING, SUCCEEDED, FAILED, KILLED -> job.state().name();
        };
    }
}
