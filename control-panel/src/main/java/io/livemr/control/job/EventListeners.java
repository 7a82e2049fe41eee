package io.livemr.control.job;

import io.livemr.control.settings.EventSettings;
import io.livemr.control.settings.PanelSettings;
import io.livemr.control.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * All listeners of jobs. One thread goes round them a few times a second and never waits for any: writing does not block, and a listener
 * that takes nothing for {@code livemr.events.patience} is dropped.
 */
@Component
class EventListeners {

    private static final Logger LOG = LoggerFactory.getLogger(EventListeners.class);

    private final EventFeed feed;
    private final JobStore jobs;
    private final EventSettings settings;
    private final MeterRegistry metrics;
    private final Set<JobListener> listeners = ConcurrentHashMap.newKeySet();

    EventListeners(final EventFeed feed, final JobStore jobs, final PanelSettings settings, final MeterRegistry metrics) {
        this.feed = feed;
        this.jobs = jobs;
        this.settings = settings.events();
        this.metrics = metrics;
        metrics.gauge("livemr.listeners", listeners, Set::size);
        metrics.gauge("livemr.listeners.limit", this.settings, EventSettings::listenerLimit);
    }

    /** Answers the request for as long as the job lives. */
    void add(final Job job, final EventCursor cursor, final HttpServletRequest request, final HttpServletResponse response) throws IOException {
        final JobListener listener = new JobListener(job.id(), cursor, feed, settings.patience(), this::gone);
        synchronized (this) {
            requireRoom();
            listeners.add(listener);
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        listener.start(request.startAsync());
    }

    @Scheduled(fixedDelayString = "PT0.25S")
    void goRound() {
        final Map<String, Optional<Job>> seen = new HashMap<>();
        listeners.forEach(listener -> listener.tell(seen.computeIfAbsent(listener.jobId(), jobs::find)));
    }

    /** A panel that goes down does not wait for listeners. */
    @EventListener(ContextClosedEvent.class)
    void dropAll() {
        listeners.forEach(listener -> listener.end("shutdown"));
    }

    private void requireRoom() {
        if (listeners.size() >= settings.listenerLimit()) {
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "too_many_listeners", "livemr.events.listener-limit="
                + settings.listenerLimit() + " listen already; try again later or read the log in parts");
        }
    }

    private void gone(final JobListener listener, final String reason) {
        if (listeners.remove(listener)) {
            metrics.counter("livemr.listeners.ended", "reason", reason).increment();
            LOG.debug("job={} a listener ended, reason={}", listener.jobId(), reason);
        }
    }
}
