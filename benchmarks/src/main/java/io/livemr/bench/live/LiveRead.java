package io.livemr.bench.live;

import io.livemr.bench.log.LogChecker;
import io.livemr.bench.log.LogLine;
import io.livemr.bench.log.SyncReports;
import java.io.IOException;
import java.io.InputStream;

/**
 * One read and what became of it.
 *
 * @param firstByteSeconds   until the first bytes came; they were right if any line was.
 * @param megabytesPerSecond of the whole read, from its begin to its last byte (10⁶ bytes).
 * @param lagBytes           that were synced when the read began and that it does not show rightly.
 * @param lagSeconds         for how long the oldest of these had been synced.
 */
record LiveRead(double firstByteSeconds, double megabytesPerSecond, LogChecker.Verdict verdict, boolean right, long lagBytes, double lagSeconds) {

    private static final int CHUNK_BYTES = 1 << 20;
    /** A reader that shows more than this beyond the log's length would never end. */
    private static final int SPARE_BYTES = 192 << 20;

    long lagLines() {
        return lagBytes / LogLine.BYTES;
    }

    /** Keeps all bytes, and checks them when the clock has stopped. */
    static LiveRead of(final LiveReader reader, final SyncReports reports) throws Exception {
        final byte[] all = new byte[(int) Math.min(Integer.MAX_VALUE - 16, reports.syncedBytes() + SPARE_BYTES)];
        final long syncedBytes = reports.syncedBytes();
        final long start = System.nanoTime();
        long first = 0;
        long end = start;
        int filled = 0;
        try (LiveReader.Reading reading = reader.open()) {
            final InputStream in = reading.stream();
            for (int count = next(in, all, filled); count > 0; count = next(in, all, filled)) {
                end = System.nanoTime();
                first = filled == 0 ? end : first;
                filled += count;
            }
        }
        if (filled == 0) {
            throw new IOException(reader.name() + " showed nothing");
        }
        return judge(all, filled, reports, syncedBytes, new long[] {start, first, end});
    }

    private static int next(final InputStream in, final byte[] all, final int filled) throws IOException {
        return in.read(all, filled, Math.min(CHUNK_BYTES, all.length - filled));
    }

    private static LiveRead judge(final byte[] all, final int filled, final SyncReports reports, final long syncedBytes, final long[] nanos) {
        final LogChecker checker = new LogChecker();
        checker.feed(all, filled);
        final LogChecker.Verdict verdict = checker.verdict();
        return new LiveRead((nanos[1] - nanos[0]) / 1e9, filled * 1_000.0 / (nanos[2] - nanos[0]), verdict, verdict.isRight(syncedBytes),
            Math.max(0, syncedBytes - verdict.rightBytes()), reports.lagSeconds(verdict.rightBytes(), nanos[0]));
    }
}
