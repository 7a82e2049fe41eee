package io.livemr.launcher.demo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How often each word occurs. Words are bytes: they are kept as ISO 8859-1 strings, which lose none. Immutable.
 */
public final class WordTable {
    private static final int SHOWN = 5;

    private final SortedMap<String, Long> counts;

    private WordTable(final SortedMap<String, Long> counts) {
        this.counts = counts;
    }

    /** Lines {@code word TAB count}, as the WordCount example writes them. */
    public static WordTable ofJobOutput(final byte[] output) {
        return parse(output, line -> {
            final int tab = line.lastIndexOf('\t');
            return Map.entry(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
        });
    }

    /** Lines {@code   count word}, as {@code uniq -c} writes them. */
    public static WordTable ofUniq(final byte[] output) {
        return parse(output, line -> {
            final String counted = line.stripLeading();
            final int space = counted.indexOf(' ');
            return Map.entry(counted.substring(space + 1), Long.parseLong(counted.substring(0, space)));
        });
    }

    private static WordTable parse(final byte[] output, final Function<String, Map.Entry<String, Long>> lineReader) {
        final SortedMap<String, Long> counts = new TreeMap<>();
        lines(output).forEach(line -> {
            final Map.Entry<String, Long> entry = readLine(line, lineReader);
            if (counts.put(entry.getKey(), entry.getValue()) != null) {
                throw new IllegalArgumentException("the word '" + entry.getKey() + "' is counted twice");
            }
        });
        return new WordTable(counts);
    }

    /** Splits at line feeds only; {@code String.lines} would split inside a word that holds a carriage return. */
    private static Stream<String> lines(final byte[] output) {
        return Stream.of(new String(output, StandardCharsets.ISO_8859_1).split("\n")).filter(line -> !line.isEmpty());
    }

    private static Map.Entry<String, Long> readLine(
            final String line, final Function<String, Map.Entry<String, Long>> lineReader) {
        try {
            return lineReader.apply(line);
        } catch (final IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("not a word and its count: '" + line + "'", e);
        }
    }

    public int words() {
        return counts.size();
    }

    public long occurrences() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first few differences in words; empty if the tables are the same, and not both empty. */
    public Optional<String> differenceFrom(final WordTable oracle) {
        if (oracle.counts.isEmpty()) {
            return Optional.of("there is nothing to compare with: the oracle is empty");
        }
        final TreeSet<String> words = new TreeSet<>(counts.keySet());
        words.addAll(oracle.counts.keySet());
        words.removeIf(word -> counts.getOrDefault(word, 0L).equals(oracle.counts.getOrDefault(word, 0L)));
        return words.isEmpty() ? Optional.empty() : Optional.of(describe(words, oracle));
    }

    private String describe(final TreeSet<String> words, final WordTable oracle) {
        final StringBuilder text = new StringBuilder(words.size() + " words differ:");
        words.stream().limit(SHOWN).forEach(word -> text.append(" '").append(word).append("' job=")
            .append(counts.getOrDefault(word, 0L)).append(" guest=").append(oracle.counts.getOrDefault(word, 0L)));
        return text.toString();
    }
}
