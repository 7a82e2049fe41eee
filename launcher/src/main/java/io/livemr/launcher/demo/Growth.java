package io.livemr.launcher.demo;

import io.livemr.launcher.client.WebHdfsClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Measures how soon HDFS shows what the guest has synced.
 *
 * <p>The guest's clock is not asked. The moment at which the guest's report "synced, the file is N bytes" arrives here is
 * compared with the moment at which HDFS first answered N bytes or more; the report's own way, a millisecond or two over
 * ssh, is to our advantage and is taken as zero if HDFS was first.
 */
final class Growth {
    private static final int APPENDS = 9;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DemoGuest guest;
    private final WebHdfsClient hdfs;
    private final String path;

    /** What was seen. Blocks are those of HDFS, before and after. */
    record Seen(long appendedBytes, int blocksBefore, int blocksAfter, List<Long> visibleMillis) {
        long medianMillis() {
            return visibleMillis.stream().sorted().toList().get(visibleMillis.size() / 2);
        }
    }

    Growth(final DemoGuest guest, final WebHdfsClient hdfs, final String path) {
        this.guest = guest;
        this.hdfs = hdfs;
        this.path = path;
    }

    /** Appends some lines at once, then single ones. Nothing else may write to the log meanwhile. */
    Seen measure(final int lines) {
        final long lengthBefore = hdfs.lengthBytes(path);
        final int blocksBefore = hdfs.blocks(path);
        try (LengthWatch watch = new LengthWatch(hdfs, path)) {
            require(watch, guest.append(lines));
            final List<Long> visibleMillis = visibleMillis(watch);
            return new Seen(hdfs.lengthBytes(path) - lengthBefore, blocksBefore, hdfs.blocks(path), visibleMillis);
        }
    }

    private List<Long> visibleMillis(final LengthWatch watch) {
        final Map<Long, Long> syncedNanosByLength = new LinkedHashMap<>();
        guest.appendMarked(APPENDS, new LineStamper(
            (line, nanos) -> syncedNanosByLength.put(Long.parseLong(line.strip()), nanos)));
        final List<Long> millis = new ArrayList<>();
        syncedNanosByLength.forEach((length, nanos) -> millis.add(Math.max(0, (require(watch, length) - nanos) / 1_000_000)));
        return millis;
    }

    private long require(final LengthWatch watch, final long lengthBytes) {
        final OptionalLong seen = watch.firstSeenNanos(lengthBytes, LIMIT);
        return seen.orElseThrow(() -> new IllegalStateException("HDFS does not show " + lengthBytes + " bytes of " + path
            + " after " + LIMIT.toSeconds() + " s; it shows " + hdfs.lengthBytes(path)));
    }
}
