package io.livemr.bench.growth;

import io.livemr.bench.hdfs.HadoopChild;
import io.livemr.bench.log.GuestLog;
import io.livemr.bench.measure.Samples;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Appends one line at a time and takes the time from the arrival of the guest's report "synced" until the reader has it. The report comes over
 * TCP; its own way is measured too and is to our advantage: add it for an upper bound. A reader that was quicker than the report counts 0.
 */
final class GrowthRun {

    /** Daemons run for days; theirs is the speed after the compilers of five JVMs have been at work. */
    private static final int WARM_UP = 900;
    private static final int PINGS = 50;

    private final GuestLog log;
    private final HadoopChild reader;
    private final EditLog edits;
    private final Random random = new Random(1);
    private final int pauseMillis;

    GrowthRun(final GuestLog log, final HadoopChild reader, final EditLog edits, final int pauseMillis) {
        this.log = log;
        this.reader = reader;
        this.edits = edits;
        this.pauseMillis = pauseMillis;
    }

    /**
     * @param reportMillis half a round trip between here and the guest.
     * @param editsMillis what the NameNode's disk needs for as many growths, measured in turns with them.
     */
    record Growths(Samples visibleMillis, Samples reportMillis, Samples editsMillis) { }

    void warmUp() throws IOException, InterruptedException {
        reader.line();
        run(WARM_UP);
    }

    Growths run(final int appends) throws IOException, InterruptedException {
        final double[] visibleMillis = new double[appends];
        final double[] editsMillis = new double[appends];
        for (int i = 0; i < appends; i++) {
            // At random: a fixed rhythm could fall in step with somebody's timer.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(pauseMillis + 1));
            visibleMillis[i] = visibleMillis();
            editsMillis[i] = edits.growthMillis();
        }
        return new Growths(Samples.of(visibleMillis), halfRoundTripMillis(), Samples.of(editsMillis));
    }

    private double visibleMillis() throws IOException {
        final long syncedNanos = log.append(1);
        return Math.max(0, (readNanos(log.reports().syncedBytes()) - syncedNanos) / 1e6);
    }

    private long readNanos(final long lengthBytes) throws IOException {
        while (true) {
            final String[] words = reader.line().split(" ");
            if (Long.parseLong(words[0]) >= lengthBytes) {
                return Long.parseLong(words[1]);
            }
        }
    }

    private Samples halfRoundTripMillis() throws IOException {
        final double[] millis = new double[PINGS];
        for (int i = 0; i < PINGS; i++) {
            millis[i] = log.roundTripSeconds() * 1_000 / 2;
        }
        return Samples.of(millis);
    }
}
