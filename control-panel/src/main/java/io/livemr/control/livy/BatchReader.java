package io.livemr.control.livy;

import io.livemr.control.job.ConfiguredJobs;
import io.livemr.control.job.JobRequest;
import io.livemr.control.web.ApiException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads a batch as the job that it stands for. */
@Component
class BatchReader {

    private static final Pattern JAR = Pattern.compile("sha256:([0-9a-f]{64})");

    private final ConfiguredJobs jobs;

    BatchReader(final ConfiguredJobs jobs) {
        this.jobs = jobs;
    }

    String sha256(final BatchRequest batch) {
        final Matcher jar = JAR.matcher(batch.file == null ? "" : batch.file);
        if (!jar.matches()) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "bad_request",
                "field=file must be sha256: and the SHA-256 of a jar that came with an earlier job; POST /api/v1/jobs takes a jar");
        }
        return jar.group(1);
    }

    JobRequest job(final BatchRequest batch) {
        batch.requireNoOther("Spark's");
        return jobs.request(batch.name, batch.className, batch.args, batch.proxyUser, batch.conf == null ? Map.of() : batch.conf);
    }
}
