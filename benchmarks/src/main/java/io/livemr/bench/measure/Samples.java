package io.livemr.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/**
 * Measurements of one thing, all in one unit. At least one.
 *
 * @param p99 the smallest value that 99 % do not exceed; with fewer than 100 measurements that is the greatest one.
 */
public record Samples(int count, double median, double p99, double min, double max) {

    public static Samples of(final double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement");
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        final int rank = (int) Math.ceil(sorted.length * 0.99);
        return new Samples(sorted.length, median, sorted[rank - 1], sorted[0], sorted[sorted.length - 1]);
    }

    public static Samples of(final Collection<? extends Number> values) {
        return of(values.stream().mapToDouble(Number::doubleValue).toArray());
    }
}
