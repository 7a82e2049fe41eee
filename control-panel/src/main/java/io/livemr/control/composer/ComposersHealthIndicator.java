package io.livemr.control.composer;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Up when every composer answers that it is; each is asked anew. */
@Component("composersHealthIndicator")
public class ComposersHealthIndicator extends AbstractHealthIndicator {

    private final Composers composers;

    public ComposersHealthIndicator(final Composers composers) {
        this.composers = composers;
    }

    @Override
    protected void doHealthCheck(final Health.Builder health) {
        health.up();
        for (final ComposerClient composer : composers.all()) {
            try {
                composer.health();
                health.withDetail(composer.url(), "UP");
            } catch (final ComposerException | ComposerUnreachableException e) {
                health.down().withDetail(composer.url(), String.valueOf(e.getMessage()));
            }
        }
        if (composers.all().isEmpty()) {
            health.unknown().withDetail("composers", "none; set livemr.composers[0].url and livemr.composers[0].token-file");
        }
    }
}
