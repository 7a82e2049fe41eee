package io.livemr.bench.measure;

/**
 * How ours did beside a peer.
 *
 * @param ratios ours ÷ peer of each pair. Its median is the figure to quote: both halves of a pair met the same noise.
 */
public record Comparison(String oursName, Samples ours, String peerName, Samples peer, Samples ratios) {

    /** @param ours of each pair, as {@code peer} */
    public static Comparison ofPairs(final String oursName, final double[] ours, final String peerName, final double[] peer) {
        final double[] ratios = new double[ours.length];
        for (int pair = 0; pair < ratios.length; pair++) {
            ratios[pair] = ours[pair] / peer[pair];
        }
        return new Comparison(oursName, Samples.of(ours), peerName, Samples.of(peer), Samples.of(ratios));
    }
}
