package io.livemr.control.job;

import io.livemr.control.jar.JobJar;
import java.util.List;
import java.util.Map;

/**
 * One job as it stands in the database. Times are milliseconds since 1970, null before.
 *
 * @param id            unguessable: 122 random bits.
 * @param creator       who submitted it.
 * @param spec          what the user asked for.
 * @param jarKept       whether the jar is still there, so that the job can be run again.
 * @param killRequested whether it shall end as soon as it can.
 * @param cleanedUp     whether nothing of it is left but its record, its log and its output.
 * @param exitCode      of the driver.
 */
public record Job(String id, Creator creator, Spec spec, JobJar jar, boolean jarKept, JobState state, String reason, String message, boolean killRequested,
                  boolean cleanedUp, Integer exitCode, long createdMillis, Long startedMillis, Long finishedMillis) {

    /** The account that submitted it, and the project it belongs to for good. */
    public record Creator(String account, String project) { }

    /**
     * What does not change.
     *
     * @param args       may hold {@code {input}} and {@code {output}}.
     * @param properties of Hadoop, for the driver.
     */
    public record Spec(String name, List<String> args, String output, String requester, Long ttlSeconds,
                       Map<String, String> properties) { }
}
