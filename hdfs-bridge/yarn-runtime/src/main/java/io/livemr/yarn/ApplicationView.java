package io.livemr.yarn;

import java.util.Map;
import org.apache.hadoop.yarn.api.records.ApplicationReport;

/**
 * One application as the control panel shows it.
 *
 * @param finalStatus {@code UNDEFINED} until it has ended.
 * @param progress    from 0 to 1.
 * @param trackingUrl where people look at it; null where YARN has none yet.
 * @param counters    of a MapReduce job by group and name; empty while they are not known.
 */
record ApplicationView(String id, String name, String state, String finalStatus, float progress, String trackingUrl,
                       Map<String, Map<String, Long>> counters) {

    static ApplicationView of(final ApplicationReport report, final Map<String, Map<String, Long>> counters) {
        return new ApplicationView(report.getApplicationId().toString(), report.getName(), report.getYarnApplicationState().name(),
            report.getFinalApplicationStatus().name(), report.getProgress(), report.getTrackingUrl(), counters);
    }
}
