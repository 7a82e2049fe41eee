package io.livemr.simulation.host;

import io.livemr.composer.metrics.ComposerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Meters that nobody reads, and that neither log nor take time. */
final class SilentMetrics extends ComposerMetrics {

    SilentMetrics() {
        super(new SimpleMeterRegistry());
    }

    @Override
    public void rejected(final String vm, final String reason) {
    }

    @Override
    public void rejected(final String vm, final String reason, final String facts) {
    }

    @Override
    public void mapFrame(final String vm, final String type) {
    }
}
