package io.livemr.control.engine;

import io.livemr.control.settings.PanelSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places for jobs that compose or run. A job that already ran when the panel came up has its place whatever the limit says. */
@Component
public class RunSlots {

    private final int limit;
    private final Set<String> holders = new HashSet<>();

    public RunSlots(final PanelSettings settings, final MeterRegistry metrics) {
        this.limit = settings.engine().maxRunning();
        metrics.gauge("livemr.slots.used", this, RunSlots::used);
        metrics.gauge("livemr.slots.limit", this, slots -> slots.limit);
    }

    public synchronized boolean take(final String jobId) {
        return holders.contains(jobId) || holders.size() < limit && holders.add(jobId);
    }

    public synchronized void keep(final String jobId) {
        holders.add(jobId);
    }

    public synchronized void giveBack(final String jobId) {
        holders.remove(jobId);
    }

    public synchronized int used() {
        return holders.size();
    }

    public int limit() {
        return limit;
    }
}
