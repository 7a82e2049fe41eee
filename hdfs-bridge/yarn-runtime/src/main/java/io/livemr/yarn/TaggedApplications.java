package io.livemr.yarn;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** All applications with one tag, oldest first. A job's driver may start any number; those beyond {@link #LIMIT} are not listed, but ended. */
final class TaggedApplications implements Closeable {

    static final int LIMIT = 100;
    private static final Set<YarnApplicationState> ENDED =
        EnumSet.of(YarnApplicationState.FINISHED, YarnApplicationState.FAILED, YarnApplicationState.KILLED);

    private final YarnClient yarn = YarnClient.createYarnClient();
    private final JobCounters counters;
    private final String tag;

    TaggedApplications(final String tag, final Configuration conf) throws IOException {
        this.tag = tag;
        this.counters = new JobCounters(conf);
        yarn.init(conf);
        yarn.start();
    }

    List<ApplicationView> look() throws IOException, YarnException, InterruptedException {
        final List<ApplicationView> views = new ArrayList<>();
        for (final ApplicationReport report : reports().stream().limit(LIMIT).toList()) {
            views.add(ApplicationView.of(report, counters.of(report)));
        }
        return views;
    }

    /** Has all that have not ended killed; true when there were none. */
    boolean haveEnded() throws IOException, YarnException {
        boolean ended = true;
        for (final ApplicationReport report : reports()) {
            if (!ENDED.contains(report.getYarnApplicationState())) {
                yarn.killApplication(report.getApplicationId(), "its LiveMR job has ended");
                ended = false;
            }
        }
        return ended;
    }

    private List<ApplicationReport> reports() throws IOException, YarnException {
        final GetApplicationsRequest request = GetApplicationsRequest.newInstance();
        request.setApplicationTags(Set.of(tag));
        return yarn.getApplications(request).stream().sorted(Comparator.comparing(ApplicationReport::getApplicationId)).toList();
    }

    @Override
    public void close() throws IOException {
        yarn.stop();
        counters.close();
    }
}
