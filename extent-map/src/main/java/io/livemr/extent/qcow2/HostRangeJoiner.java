package io.livemr.extent.qcow2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes host ranges in the order of the guest's disk and joins neighbours. Not for two threads at once. */
final class HostRangeJoiner {

    private final List<HostRange> joined = new ArrayList<>();

    void add(final HostRange next) {
        final int last = joined.size() - 1;
        if (next.lengthBytes() == 0) {
            return;
        }
        if (last >= 0 && joined.get(last).continuesIn(next)) {
            joined.set(last, joined.get(last).joinedWith(next));
        } else {
            joined.add(next);
        }
    }

    List<HostRange> ranges() {
        return Collections.unmodifiableList(joined);
    }
}
