package io.livemr.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Lists for people: a title over each column, columns as wide as what stands in them. What a guest may have chosen (a path, a name) can hold no
 * control characters, which a terminal would obey.
 */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> titles = new ArrayList<>();
    private final List<Function<JsonNode, String>> values = new ArrayList<>();

    /** @param value gives the cell of an entry; null for none. */
    public Table column(final String title, final Function<JsonNode, String> value) {
        titles.add(title);
        values.add(value);
        return this;
    }

    /** A column of one field. */
    public Table column(final String title, final String field) {
        return column(title, entry -> entry.path(field).asText(""));
    }

    public String of(final Iterable<JsonNode> entries) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(titles);
        entries.forEach(entry -> rows.add(values.stream().map(value -> plain(value.apply(entry))).toList()));
        final int[] widths = IntStream.range(0, titles.size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)).toArray();
        return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
    }

    private static String line(final List<String> row, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP).append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    /** One line without anything that moves a cursor, colours, or turns the direction of writing. */
    public static String plain(final String text) {
        if (text == null || text.equals("null")) {
            return "";
        }
        final StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> plain.append(isPrinted(c) ? Character.toString(c) : String.format("\\u%04x", c)));
        return plain.toString();
    }

    private static boolean isPrinted(final int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
            default -> true;
        };
    }
}
