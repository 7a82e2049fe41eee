package io.livemr.bench.report;

import io.livemr.bench.measure.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What is printed: as JSON in these fields, or as text. */
public record Report(String benchmark, String date, String commit, Machine machine, String setting, int pairs, List<Figure> figures) {

    /** Of today, on this machine, for the checkout at {@code home}. */
    public static Report now(final String benchmark, final Path home, final Machine machine, final String setting, final int pairs,
        final List<Figure> figures) throws IOException {
        return new Report(benchmark, LocalDate.now(ZoneOffset.UTC).toString(), Commit.of(home), machine, setting, pairs, figures);
    }

    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: %s%n%s, commit %s, %d pairs in turns%n%s, %d processors, %d MiB, %s, %s, load %.1f%n",
            benchmark, setting, date, commit, pairs, machine.processor(), machine.processors(), machine.memoryMebibytes(), machine.kernel(),
            machine.java(), machine.load()));
        figures.forEach(figure -> append(text, figure));
        return text.toString().stripTrailing();
    }

    private static void append(final StringBuilder text, final Figure figure) {
        final var comparison = figure.comparison();
        text.append(String.format(Locale.ROOT, "%n%-44s %10s %10s %10s%n", figure.name(), "median", "min", "max"));
        row(text, comparison.oursName() + ", " + figure.unit(), "%10.0f", comparison.ours());
        row(text, comparison.peerName() + ", " + figure.unit(), "%10.0f", comparison.peer());
        row(text, "ratio of pairs", "%10.2f", comparison.ratios());
        text.append("  aim: ").append(figure.aim()).append(figure.aimMet() ? ": met" : ": NOT met").append(System.lineSeparator());
    }

    private static void row(final StringBuilder text, final String name, final String form, final Samples samples) {
        text.append(String.format(Locale.ROOT, "  %-42s " + form + " " + form + " " + form + "%n", name, samples.median(), samples.min(),
            samples.max()));
    }
}
