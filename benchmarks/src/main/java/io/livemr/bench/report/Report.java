package io.livemr.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * What is printed: as JSON in these fields, or as text.
 *
 * @param command the whole command line that was measured by, {@code bench NAME …}.
 * @param rows    of the table in docs/benchmarks.md, one for each figure.
 */
public record Report(String benchmark, String command, String date, String commit, Machine machine, String setting, int pairs,
        List<Figure> figures, List<String> skipped, List<String> rows) {

    /** Of today, for the checkout at {@code home}. */
    public static Report now(final String benchmark, final String command, final Path home, final Machine machine, final Findings findings)
        throws IOException {
        final String date = LocalDate.now(ZoneOffset.UTC).toString();
        final String commit = Commit.of(home);
        final List<String> rows = findings.figures().stream().map(figure -> row(figure, command, date, machine, commit)).toList();
        return new Report(benchmark, command, date, commit, machine, findings.setting(), findings.pairs(), findings.figures(),
            findings.skipped(), rows);
    }

    private static String row(final Figure figure, final String command, final String date, final Machine machine, final String commit) {
        final String verdict = figure.verdict().isEmpty() ? "" : " (" + figure.verdict() + ")";
        return "| " + String.join(" | ", figure.name(), "`" + command + "`", figure.aim().isEmpty() ? "–" : figure.aim(), figure.value() + verdict,
            date, machine.brief(), commit) + " |";
    }

    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: %s%n%s, commit %s, %d in turns%n%s, %d processors, %d MiB, %s, %s, load %.1f%n",
            command, setting, date, commit, pairs, machine.processor(), machine.processors(), machine.memoryMebibytes(), machine.kernel(),
            machine.java(), machine.load()));
        figures.forEach(figure -> FigureText.append(text, figure));
        skipped.forEach(line -> text.append(line).append(System.lineSeparator()));
        return text.toString().stripTrailing();
    }
}
