package io.livemr.failpoint.kill;

import io.livemr.failpoint.FailPoint;
import java.nio.file.Path;
import java.util.Random;

/** One case: the program is killed at one pass of one point; all else in the case comes from the seed. */
public record Kill(FailPoint point, long seed) {

    /**
     * What LIVEMR_FAIL_POINTS says.
     *
     * @param how           {@code kill}, or {@code kill:30ms} when what other threads do has had its time.
     * @param passes        how often the case surely passes the point.
     * @param whileThereIs  the fault strikes while this file is there.
     */
    public String faults(final String how, final int passes, final Path whileThereIs) {
        return point.title() + "=" + how + "@" + (1 + new Random(seed).nextInt(passes)) + ";while=" + whileThereIs;
    }

    @Override
    public String toString() {
        return point.title() + " seed=" + seed;
    }
}
