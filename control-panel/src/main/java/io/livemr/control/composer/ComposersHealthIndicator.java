package io.livemr.control.composer;

import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Up when every composer answers that it is, degraded when some do: jobs on the others' machines still run. Each is asked anew. */
@Component("composersHealthIndicator")
public class ComposersHealthIndicator extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final Composers composers;

    public ComposersHealthIndicator(final Composers composers) {
        this.composers = composers;
    }

    @Override
    protected void doHealthCheck(final Health.Builder health) {
        final List<ComposerClient> all = composers.all();
        final long up = all.stream().filter(composer -> isUp(composer, health)).count();
        if (all.isEmpty()) {
            health.unknown().withDetail("composers", "none; set livemr.composers[0].url and livemr.composers[0].token-file");
        } else {
            health.status(up == all.size() ? Status.UP : up > 0 ? DEGRADED : Status.DOWN);
        }
    }

    private static boolean isUp(final ComposerClient composer, final Health.Builder health) {
        try {
            composer.health();
            health.withDetail(composer.url(), "UP");
            return true;
        } catch (final ComposerException | ComposerUnreachableException e) {
            health.withDetail(composer.url(), String.valueOf(e.getMessage()));
            return false;
        }
    }
}
