package io.livemr.control.livy;

import io.livemr.control.job.Job;
import io.livemr.control.job.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** A job in Livy's words. */
record Batch(long id, String name, String owner, String proxyUser, String appId, Map<String, String> appInfo,
             @Schema(description = "The last lines; empty here, as `/log` has them.") List<String> log,
             @Schema(description = "not_started, starting, running, success, dead or killed") String state) {

    static Batch of(final long number, final Job job) {
        return new Batch(number, job.spec().name(), job.creator().account(), job.spec().requester(), job.id(), Map.of("jobUrl", "/api/v1/jobs/" + job.id()),
            List.of(), state(job.state()));
    }

    static String state(final JobState state) {
        return switch (state) {
            case SUBMITTED -> "not_started";
            case AWAITING_CONSENT, COMPOSING -> "starting";
            case RUNNING -> "running";
            case SUCCEEDED -> "success";
            case FAILED -> "dead";
            case KILLED -> "killed";
        };
    }
}
