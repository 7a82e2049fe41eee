package io.livemr.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.livemr.bench.measure.Comparison;
import io.livemr.bench.measure.Samples;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was measured, and what was hoped for.
 *
 * @param unit   of the series, for example {@code MB/s} (10⁶ bytes)
 * @param series ours first
 * @param ratios of pairs, null where none were made
 * @param value  the figure to quote, with its unit
 * @param aim    in words, for example {@code ratio ≥ 0.9}; empty if there is none
 * @param aimMet null if there is no aim
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(String name, String unit, List<Series> series, Samples ratios, String value, String aim, Boolean aimMet) {

    /** Quotes the median of the ratios. */
    public static Figure of(final String name, final String unit, final Comparison comparison, final String aim, final boolean aimMet) {
        return of(name, unit, comparison, "ratio " + number(comparison.ratios().median()), aim, aimMet);
    }

    public static Figure of(final String name, final String unit, final Comparison comparison, final String value, final String aim,
        final boolean aimMet) {
        final Figure bare = of(name, unit, comparison, value);
        return new Figure(name, unit, bare.series, bare.ratios, value, aim, aimMet);
    }

    /** A comparison without an aim. */
    public static Figure of(final String name, final String unit, final Comparison comparison, final String value) {
        return new Figure(name, unit, List.of(new Series(comparison.oursName(), comparison.ours()),
            new Series(comparison.peerName(), comparison.peer())), comparison.ratios(), value, "", null);
    }

    /** No comparison and no aim. */
    public static Figure plain(final String name, final String unit, final String value, final Series... series) {
        return new Figure(name, unit, List.of(series), null, value, "", null);
    }

    /** About three digits. */
    public static String number(final double value) {
        final double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 || size == 0 ? "%.2f" : "%.4f", value);
    }

    String verdict() {
        return aimMet == null ? "" : aimMet ? "met" : "NOT met";
    }
}
