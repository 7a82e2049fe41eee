package io.livemr.bench.measure;

/**
 * How ours did beside a peer.
 *
 * @param ratios ours ÷ peer of each pair. Its median is the figure to quote: both halves of a pair met the same noise.
 */
public record Comparison(String oursName, Samples ours, String peerName, Samples peer, Samples ratios) { }
