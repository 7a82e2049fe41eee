package io.livemr.bench.log;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the guest said it has synced, and when that was heard here ({@link System#nanoTime}). Safe to share between threads. */
public final class SyncReports {

    private final ConcurrentSkipListMap<Long, Long> heardNanosByLength = new ConcurrentSkipListMap<>();

    public void heard(final long lengthBytes, final long nanos) {
        heardNanosByLength.putIfAbsent(lengthBytes, nanos);
    }

    /** Bytes that were heard to be synced by now. */
    public long syncedBytes() {
        return heardNanosByLength.isEmpty() ? 0 : heardNanosByLength.lastKey();
    }

    /** How old the oldest synced byte was at {@code nanos} that a reader with only {@code seenBytes} did not show; 0 if it showed all. */
    public double lagSeconds(final long seenBytes, final long nanos) {
        final Map.Entry<Long, Long> missed = heardNanosByLength.higherEntry(seenBytes);
        return missed == null ? 0 : Math.max(0, (nanos - missed.getValue()) / 1e9);
    }
}
