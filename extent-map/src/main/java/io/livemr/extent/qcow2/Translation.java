package io.livemr.extent.qcow2;

import java.io.IOException;
import java.util.List;

/**
 * Where a range of the guest's disk was at one moment, and how to ask whether it is there still.
 *
 * @param ranges follow each other without a gap and add up to the length asked for, neighbours joined.
 * @param fact   what the ranges were concluded from: while it holds, a new translation would say the same.
 */
public record Translation(List<HostRange> ranges, Fact fact) {

    /** Something that was seen on the host and can be looked at again. */
    @FunctionalInterface
    public interface Fact {

        /** @throws IOException if it cannot be looked at any more, or the image is another one now. */
        boolean stillHolds() throws IOException;
    }

    public Translation {
        ranges = List.copyOf(ranges);
    }

    /** Looks at the image again: the same table bytes, in the same files, at the same places. */
    public boolean isStillTrue() throws IOException {
        return fact.stillHolds();
    }
}
