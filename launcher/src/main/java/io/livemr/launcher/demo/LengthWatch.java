package io.livemr.launcher.demo;

import io.livemr.launcher.client.WebHdfsClient;
import io.livemr.launcher.process.Poll;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks HDFS for the length of one file over and over, about once a millisecond, and remembers when each length was first seen.
 *
 * <p>The answer's arrival counts, so a reported moment is late by at most one question. Times are {@link System#nanoTime}.
 */
final class LengthWatch implements AutoCloseable {
    private static final long STEP_NANOS = 1_000_000;

    private final WebHdfsClient hdfs;
    private final String path;
    private final ConcurrentSkipListMap<Long, Long> firstSeenNanosByLength = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::watch, "length-watch");
    private volatile boolean closed;

    LengthWatch(final WebHdfsClient hdfs, final String path) {
        this.hdfs = hdfs;
        this.path = path;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            firstSeenNanosByLength.putIfAbsent(hdfs.lengthBytes(path), System.nanoTime());
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** When HDFS first showed that many bytes or more, waiting for it; empty if it did not before the limit. */
    OptionalLong firstSeenNanos(final long lengthBytes, final Duration limit) {
        Poll.until(limit, Duration.ofMillis(2), () -> firstSeenNanosByLength.ceilingKey(lengthBytes) != null || !thread.isAlive());
        return firstSeenNanosByLength.tailMap(lengthBytes).values().stream().mapToLong(Long::longValue).min();
    }

    Map<Long, Long> seen() {
        return Map.copyOf(firstSeenNanosByLength);
    }

    @Override
    public void close() {
        closed = true;
    }
}
