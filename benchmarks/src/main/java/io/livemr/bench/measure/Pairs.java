package io.livemr.bench.measure;

import java.util.function.Consumer;

/**
 * Runs two contenders in turns: A B, B A, A B … Neighbours meet the same noise, and neither is always the one that finds the caches
 * as the other left them. One pair before that is not counted.
 */
public final class Pairs {

    private final int count;
    private final Consumer<String> progress;

    /** @param count pairs that are counted, at least one */
    public Pairs(final int count, final Consumer<String> progress) {
        if (count < 1) {
            throw new IllegalArgumentException("pairs=" + count + "; at least 1");
        }
        this.count = count;
        this.progress = progress;
    }

    public int count() {
        return count;
    }

    public Comparison run(final Contender ours, final Contender peer) throws Exception {
        ours.measurement().run();
        peer.measurement().run();
        final double[] oursValues = new double[count];
        final double[] peerValues = new double[count];
        for (int pair = 0; pair < count; pair++) {
            progress.accept("pair " + (pair + 1) + " of " + count);
            runPair(pair, ours, peer, oursValues, peerValues);
        }
        return Comparison.ofPairs(ours.name(), oursValues, peer.name(), peerValues);
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
