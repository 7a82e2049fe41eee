package io.livemr.bench.measure;

import java.util.Arrays;

/** Measurements of one thing, all in one unit. At least one. */
public record Samples(double median, double min, double max) {

    public static Samples of(final double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement");
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Samples(median, sorted[0], sorted[sorted.length - 1]);
    }
}
