package io.livemr.hdfs.plugin;

import io.livemr.hdfs.rpc.Follow;

/**
 * How long one followed file should be, and whether somebody is about to make it so. At most one growth of a file is
 * queued or running: lengths that arrive meanwhile only raise the goal.
 */
final class FollowedFile {

    private static final long SHORTEST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final Follow follow;
    private final String composedFile;
    private long wantedBytes;
    private long wantedSinceNanos;
    private boolean pending;
    private boolean ended;
    private int failures;

    FollowedFile(Follow follow) {
        this.follow = follow;
        this.composedFile = follow.composedFile();
    }

    Follow follow() {
        return follow;
    }

    String composedFile() {
        return composedFile;
    }

    /** @return whether the caller must now queue a growth. */
    synchronized boolean want(long lengthBytes) {
        if (lengthBytes <= wantedBytes || ended) {
            return false;
        }
        wantedBytes = lengthBytes;
        if (pending) {
            return false;
        }
        wantedSinceNanos = System.nanoTime();
        pending = true;
        return true;
    }

    synchronized long wantedBytes() {
        return wantedBytes;
    }

    synchronized long wantedSinceNanos() {
        return wantedSinceNanos;
    }

    /** @return whether the goal has moved meanwhile, so that another growth must be queued. */
    synchronized boolean reached(long lengthBytes) {
        failures = 0;
        pending = lengthBytes < wantedBytes && !ended;
        wantedSinceNanos = System.nanoTime();
        return pending;
    }

    /** @return how long to wait before the next attempt; it doubles. */
    synchronized long failedSoWaitMillis() {
        return Math.min(LONGEST_WAIT_MILLIS, SHORTEST_WAIT_MILLIS << Math.min(failures++, 10));
    }

    /** Nothing will be wanted of it any more; a growth that is queued finds out by {@link #isEnded}. */
    synchronized void end() {
        ended = true;
    }

    synchronized boolean isEnded() {
        return ended;
    }
}
