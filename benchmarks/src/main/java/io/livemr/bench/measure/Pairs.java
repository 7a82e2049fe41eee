package io.livemr.bench.measure;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs two contenders in turns: A B, B A, A B … Neighbours meet the same noise, and neither is always the one that finds the caches
 * as the other left them. Pairs before that are not counted: one, and more until 15 s are over, as a JVM that has only just started runs in
 * its interpreter and compiles beside.
 */
public final class Pairs {

    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private final int count;
    private final Consumer<String> progress;
    private final Duration warmUp;

    /** @param count pairs that are counted, at least one */
    public Pairs(final int count, final Consumer<String> progress) {
        this(count, progress, WARM_UP);
    }

    Pairs(final int count, final Consumer<String> progress, final Duration warmUp) {
        if (count < 1) {
            throw new IllegalArgumentException("pairs=" + count + "; at least 1");
        }
        this.count = count;
        this.progress = progress;
        this.warmUp = warmUp;
    }

    public int count() {
        return count;
    }

    public Comparison run(final Contender ours, final Contender peer) throws Exception {
        warmUp(ours, peer);
        final double[] oursValues = new double[count];
        final double[] peerValues = new double[count];
        for (int pair = 0; pair < count; pair++) {
            progress.accept("pair " + (pair + 1) + " of " + count);
            runPair(pair, ours, peer, oursValues, peerValues);
        }
        return Comparison.ofPairs(ours.name(), oursValues, peer.name(), peerValues);
    }

    private void warmUp(final Contender ours, final Contender peer) throws Exception {
        final long end = System.nanoTime() + warmUp.toNanos();
        do {
            ours.measurement().run();
            peer.measurement().run();
        } while (System.nanoTime() - end < 0);
    }

    private static void runPair(
        final int pair, final Contender ours, final Contender peer, final double[] oursValues, final double[] peerValues) throws Exception {
        if (pair % 2 == 0) {
            oursValues[pair] = ours.measurement().run();
            peerValues[pair] = peer.measurement().run();
        } else {
            peerValues[pair] = peer.measurement().run();
            oursValues[pair] = ours.measurement().run();
        }
    }
}
