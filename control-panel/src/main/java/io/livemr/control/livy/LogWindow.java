package io.livemr.control.livy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Some lines of a log that may still grow.
 *
 * @param from  of the first of them, 0 for the log's first.
 * @param total lines of the log by now.
 */
record LogWindow(long from, long total, List<String> lines) {

    static final int LINE_LIMIT = 1_000;
    private static final int LENGTH_LIMIT = 10_000;

    /** @param from a negative one for the last lines. */
    static LogWindow read(final Path log, final long from, final int size) throws IOException {
        final Deque<String> window = new ArrayDeque<>();
        long total = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(log),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            for (String line = next(lines); line != null; line = next(lines)) {
                if (from < 0 || total >= from && window.size() < size) {
                    window.add(line);
                }
                if (window.size() > size) {
                    window.poll();
                }
                total++;
            }
        } catch (final NoSuchFileException e) {
            return new LogWindow(0, 0, List.of());
        }
        return new LogWindow(from < 0 ? total - window.size() : Math.min(from, total), total, List.copyOf(window));
    }

    /** A line, cut where it is too long to be held; null at the end. */
    private static String next(final BufferedReader lines) throws IOException {
        final StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < LENGTH_LIMIT) {
                line.append((char) c);
            }
            c = lines.read();
        }
        return line.toString();
    }
}
