package io.livemr.control.job;

import io.livemr.control.settings.PanelSettings;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How long a job has waited for a composer that gives no answer. Counts anew after a restart of the panel. */
@Component
public class Patience {

    private final long limitMillis;
    private final Clock clock;
    private final Map<String, Long> since = new ConcurrentHashMap<>();

    public Patience(final PanelSettings settings, final Clock clock) {
        this.limitMillis = settings.jobs().composerWait().toMillis();
        this.clock = clock;
    }

    boolean isOver(final String jobId) {
        final long now = clock.millis();
        return now - since.computeIfAbsent(jobId, id -> now) > limitMillis;
    }

    void reset(final String jobId) {
        since.remove(jobId);
    }
}
