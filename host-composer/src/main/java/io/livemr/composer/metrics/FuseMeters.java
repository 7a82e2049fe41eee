package io.livemr.composer.metrics;

import io.livemr.composer.fuse.FuseMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The mount's counts as meters. Safe to share between threads. */
public final class FuseMeters implements FuseMetrics {

    private final MeterRegistry registry;
    /** The registry's own look-up makes garbage with each request. */
    private final Map<String, Timer> served = new ConcurrentHashMap<>();

    public FuseMeters(final MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void served(final String operation, final int errno, final int bodyBytes, final long nanos) {
        served.computeIfAbsent(operation, name -> registry.timer("livemr.fuse.request", "operation", name))
                .record(nanos, TimeUnit.NANOSECONDS);
        if (errno != 0) {
            registry.counter("livemr.fuse.errors", "operation", operation, "errno", Integer.toString(errno)).increment();
        }
    }

    @Override
    public void cachedReadRefused() {
        registry.counter("livemr.fuse.cached.reads.refused").increment();
    }

    @Override
    public void readDeferred() {
        registry.counter("livemr.fuse.reads.deferred").increment();
    }

    @Override
    public void limitMet(final String limit) {
        registry.counter("livemr.fuse.limits.met", "limit", limit).increment();
    }

    @Override
    public void requestFailed(final String operation) {
        registry.counter("livemr.fuse.requests.failed", "operation", operation).increment();
    }
}
