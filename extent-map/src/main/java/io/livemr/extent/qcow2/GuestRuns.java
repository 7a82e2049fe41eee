package io.livemr.extent.qcow2;

import io.livemr.extent.qcow2.GuestRun.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs of one range of the guest's disk, clipped to it, neighbours joined: what is cut off at its ends is never
 * looked at. Filled in guest order. Not for two threads at once.
 */
final class GuestRuns {

    private final long fromBytes;
    private final long toBytes;
    private final List<GuestRun> runs = new ArrayList<>();

    GuestRuns(final long fromBytes, final long toBytes) {
        this.fromBytes = fromBytes;
        this.toBytes = toBytes;
    }

    void add(final Kind kind, final long guestOffsetBytes, final long hostOffsetBytes, final long lengthBytes) {
        final long from = Math.max(fromBytes, guestOffsetBytes);
        final long to = Math.min(toBytes, guestOffsetBytes + lengthBytes);
        if (from < to) {
            final long host = kind == Kind.DATA ? hostOffsetBytes + (from - guestOffsetBytes) : 0;
            join(new GuestRun(kind, from, host, to - from));
        }
    }

    private void join(final GuestRun next) {
        final int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).continuesIn(next)) {
            runs.set(last, runs.get(last).joinedWith(next));
        } else {
            runs.add(next);
        }
    }

    List<GuestRun> asList() {
        return runs;
    }
}
