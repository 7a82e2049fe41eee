package io.livemr.control.settings;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Jobs.
 *
 * @param queueLimit   jobs that wait for consent, composing or a place to run; more are refused with 429.
 * @param inputLimit   input files of one job.
 * @param requester    who asks the owners when the job does not say.
 * @param keepFiles    whether composed files and HDFS links stay when a job has ended.
 * @param keepEnded    ended jobs whose record and log are kept; the oldest beyond are forgotten.
 * @param poll         how often jobs are looked at when nothing happens; events make it sooner.
 * @param composerWait how long a job waits for a composer that cannot be reached.
 * @param idempotencyAge how long a submission that is sent again with its key gives the same job.
 */
public record JobSettings(
    @Min(1) @DefaultValue("100") int queueLimit,
    @Min(1) @DefaultValue("256") int inputLimit,
    @NotBlank @DefaultValue("livemr") String requester,
    @DefaultValue("false") boolean keepFiles,
    @Min(1) @DefaultValue("1000") int keepEnded,
    @DefaultValue("2s") Duration poll,
    @DefaultValue("5m") Duration composerWait,
    @DefaultValue("24h") Duration idempotencyAge) { }
