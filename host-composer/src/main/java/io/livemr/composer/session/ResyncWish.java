package io.livemr.composer.session;

import java.util.concurrent.TimeUnit;

/**
 * Wishes for a fresh announcement, of which at most one a second is granted: a guest that lies on and on keeps only itself busy.
 * Safe to share between threads.
 */
final class ResyncWish {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private String reason;
    private long notBeforeNanos;

    ResyncWish(final long nowNanos) {
        notBeforeNanos = nowNanos;
    }

    synchronized void want(final String because) {
        reason = because;
    }

    /** The newest reason, if one is wanted and it is time; then none is wanted any more. Else null. */
    synchronized String due(final long nowNanos) {
        if (reason == null || nowNanos - notBeforeNanos < 0) {
            return null;
        }
        final String because = reason;
        reason = null;
        notBeforeNanos = nowNanos + PAUSE_NANOS;
        return because;
    }
}
