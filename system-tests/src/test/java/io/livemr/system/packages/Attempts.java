package io.livemr.system.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table {@code attempts.txt}: what is tried, by which command, and for each unit whether it may be done. */
record Attempts(List<String> columns, List<List<String>> rows) {
    private static final int COLUMNS = 8;

    static Attempts read() {
        try (var table = Attempts.class.getResourceAsStream("attempts.txt")) {
            final List<List<String>> cells = new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).map(Attempts::cells).toList();
            return new Attempts(cells.get(0), cells.subList(1, cells.size()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(final String line) {
        return Arrays.stream(line.split("\\|", COLUMNS)).map(String::strip).toList();
    }

    /** What may be done in a column, by name. */
    Map<String, String> wanted(final String column) {
        final int at = columns.indexOf(column);
        final Map<String, String> wanted = new TreeMap<>();
        rows.forEach(row -> wanted.put(row.get(0), row.get(at)));
        return wanted;
    }

    /** A shell script that tries all and says {@code NUMBER yes|no} for each. */
    String script() {
        final Stream<String> tries = IntStream.range(0, rows.size()).mapToObj(i -> "if " + command(i)
            + " > /dev/null 2>&1; then echo '" + i + " yes'; else echo '" + i + " no'; fi\n");
        return tries.reduce("", String::concat);
    }

    private String command(final int row) {
        return rows.get(row).get(columns.size() - 1);
    }

    /** What a run of the script said, by name. */
    Map<String, String> outcomes(final String output) {
        final Map<String, String> outcomes = new TreeMap<>();
        output.lines().map(line -> line.split(" ")).forEach(words -> outcomes.put(rows.get(Integer.parseInt(words[0])).get(0), words[1]));
        return outcomes;
    }
}
