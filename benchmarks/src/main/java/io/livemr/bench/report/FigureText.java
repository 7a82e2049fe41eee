package io.livemr.bench.report;

import io.livemr.bench.measure.Samples;
import java.util.Locale;

/** A figure as a small table for people. */
final class FigureText {

    private FigureText() {
    }

    static void append(final StringBuilder text, final Figure figure) {
        text.append(String.format(Locale.ROOT, "%n%-48s %10s %10s %10s %10s%n", figure.name(), "median", "p99", "min", "max"));
        figure.series().forEach(series -> append(text, figure.unit(), series));
        if (figure.ratios() != null) {
            row(text, "ratio of pairs", figure.ratios());
        }
        text.append("  ").append(figure.value()).append(figure.aim().isEmpty() ? "" : "; aim: " + figure.aim() + ": " + figure.verdict())
            .append(System.lineSeparator());
    }

    private static void append(final StringBuilder text, final String unit, final Series series) {
        row(text, series.name() + ", " + unit, series.samples());
        if (!series.facts().isEmpty()) {
            text.append("    ").append(series.facts()).append(System.lineSeparator());
        }
    }

    private static void row(final StringBuilder text, final String name, final Samples samples) {
        text.append(String.format(Locale.ROOT, "  %-46s %10s %10s %10s %10s%n", name, Figure.number(samples.median()),
            Figure.number(samples.p99()), Figure.number(samples.min()), Figure.number(samples.max())));
    }
}
