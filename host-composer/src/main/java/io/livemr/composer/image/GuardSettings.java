package io.livemr.composer.image;

/**
 * How patient a read is.
 *
 * @param readWaitMillis how long a read waits for a stale file to become live again.
 * @param retries        how often a read is done again because something moved under it.
 */
public record GuardSettings(long readWaitMillis, int retries) {

    public static GuardSettings defaults() {
        return new GuardSettings(5_000, 8);
    }
}
