package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the ranges of one translation together with every fact they were concluded from.
 *
 * <p>A translation is a function of what it read. So whether it is still true needs no second walk: read the same bytes
 * again and compare. Not for two threads at once; what it builds may be shared.
 */
final class TranslationBuilder {

    private final HostRangeJoiner ranges = new HostRangeJoiner();
    private final List<Translation.Fact> facts = new ArrayList<>();

    void add(final HostRange next) {
        ranges.add(next);
    }

    void dependsOn(final Translation.Fact fact) {
        facts.add(fact);
    }

    /** Adds what a file of some size holds of a range, and zeros for what lies past its end, as QEMU does. */
    void addClipped(final ImageFile file, final long fileBytes, final long offsetBytes, final long lengthBytes) {
        final long inside = Math.max(0, Math.min(lengthBytes, fileBytes - offsetBytes));
        ranges.add(file.range(offsetBytes, inside));
        if (inside < lengthBytes) {
            ranges.add(HostRange.zeros(lengthBytes - inside));
            facts.add(() -> file.sizeBytes() == fileBytes);
        }
    }

    /** Reads a part of a table. */
    ByteBuffer read(final ImageFile file, final String what, final long offsetBytes, final int lengthBytes)
            throws IOException {
        final ByteBuffer bytes = file.read(what, offsetBytes, lengthBytes);
        final ByteBuffer seen = bytes.duplicate();
        facts.add(() -> file.readUpTo(offsetBytes, lengthBytes).equals(seen));
        return bytes;
    }

    Translation build() {
        return new Translation(ranges.ranges(), () -> allHold(facts));
    }

    private static boolean allHold(final List<Translation.Fact> facts) throws IOException {
        for (final Translation.Fact fact : facts) {
            if (!fact.stillHolds()) {
                return false;
            }
        }
        return true;
    }
}
