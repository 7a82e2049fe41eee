package io.livemr.yarn;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Cluster;
import org.apache.hadoop.mapreduce.CounterGroup;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TypeConverter;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counters of MapReduce applications: of the application itself while it runs, then of the job history server. What gives no answer keeps the last. */
final class JobCounters implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(JobCounters.class);
    private static final String MAPREDUCE = "MAPREDUCE";

    private final Cluster cluster;
    private final Map<ApplicationId, Map<String, Map<String, Long>>> known = new HashMap<>();

    JobCounters(final Configuration conf) throws IOException {
        this.cluster = new Cluster(conf);
    }

    Map<String, Map<String, Long>> of(final ApplicationReport report) throws InterruptedException {
        if (MAPREDUCE.equals(report.getApplicationType())) {
            ask(report.getApplicationId());
        }
        return known.getOrDefault(report.getApplicationId(), Map.of());
    }

    private void ask(final ApplicationId application) throws InterruptedException {
        try {
            final Job job = cluster.getJob(TypeConverter.fromYarn(application));
            final Counters counters = job == null ? null : job.getCounters();
            if (counters != null) {
                known.put(application, plain(counters));
            }
        } catch (final IOException e) {
            LOG.info("application={} tells no counters now: {}", application, e.getMessage());
        }
    }

    private static Map<String, Map<String, Long>> plain(final Counters counters) {
        final Map<String, Map<String, Long>> groups = new TreeMap<>();
        for (final CounterGroup group : counters) {
            final Map<String, Long> values = new TreeMap<>();
            group.forEach(counter -> values.put(counter.getName(), counter.getValue()));
            groups.put(group.getName(), values);
        }
        return groups;
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
