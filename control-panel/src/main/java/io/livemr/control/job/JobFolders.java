package io.livemr.control.job;

import io.livemr.control.settings.PanelSettings;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * Where a job's things are.
 *
 * <pre>
 *   STATE/jobs/ID/job.jar      the upload; stays for another run as long as livemr.jars.keep-size allows
 *   STATE/jobs/ID/conf         mapred-site.xml of the job; gone when the job has been cleaned up
 *   STATE/jobs/ID/driver       pid, log, exit of the driver; work is its working and temporary folder
 *   STATE/jobs/ID/applications, end-applications, applications.json     what looks after the job's applications on YARN, and what it saw
 *   STATE/jobs/ID/links        empty; there when HDFS may have links of the job
 *   HDFS/ID/input              links to the composed files
 *   HDFS/ID/output             the output, unless the user named another place
 * </pre>
 */
@Component
public class JobFolders {

    private final PanelSettings settings;

    public JobFolders(final PanelSettings settings) {
        this.settings = settings;
    }

    Path of(final String jobId) {
        return settings.jobFolder(jobId);
    }

    Path step(final String jobId, final String name) {
        return of(jobId).resolve(name);
    }

    Path driver(final String jobId) {
        return step(jobId, "driver");
    }

    Path links(final String jobId) {
        return step(jobId, "links");
    }

    Path conf(final String jobId) {
        return step(jobId, "conf");
    }

    String hdfs(final String jobId) {
        return settings.hadoop().folder() + "/" + jobId;
    }

    String hdfsInput(final String jobId) {
        return hdfs(jobId) + "/input";
    }

    String hdfsOutput(final String jobId) {
        return hdfs(jobId) + "/output";
    }

    /** Begins with a digit, so stock input formats never skip it as hidden; the file's suffix stays, as codecs go by it. */
    String hdfsInput(final String jobId, final int number, final String vm, final String path) {
        return hdfsInput(jobId) + "/" + number + "_" + plain(vm, 64) + "_" + plain(path.substring(path.lastIndexOf('/') + 1), 150);
    }

    private static String plain(final String name, final int limit) {
        final String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.length() <= limit ? plain : plain.substring(plain.length() - limit);
    }
}
