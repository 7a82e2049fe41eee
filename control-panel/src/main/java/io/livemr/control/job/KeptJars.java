package io.livemr.control.job;

import io.livemr.control.jar.JarStore;
import io.livemr.control.settings.PanelSettings;
import io.livemr.failpoint.FailPoint;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the jars of ended jobs for another run, the newest up to {@code livemr.jars.keep-size}. */
@Component
class KeptJars {

    private static final Logger LOG = LoggerFactory.getLogger(KeptJars.class);

    private final JobStore jobs;
    private final JarStore jars;
    private final long keptBytes;

    KeptJars(final JobStore jobs, final JarStore jars, final PanelSettings settings) {
        this.jobs = jobs;
        this.jars = jars;
        this.keptBytes = settings.jars().keepSize().toBytes();
    }

    /** Drops what is too much; also at the start, as an earlier panel may have been killed before it did. */
    @EventListener(ApplicationReadyEvent.class)
    void trim() {
        jobs.jarsBeyond(keptBytes).forEach(this::drop);
    }

    private void drop(final String jobId) {
        try {
            jars.drop(jobId);
            FailPoint.JAR_DROPPED.pass();
            jobs.jarDropped(jobId);
        } catch (final IOException e) {
            LOG.warn("job={} its jar stays: {}", jobId, e.getMessage());
        }
    }
}
