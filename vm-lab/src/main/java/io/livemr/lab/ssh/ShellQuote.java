package io.livemr.lab.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Writes words so that a POSIX shell reads exactly those words back, whatever is in them. */
public final class ShellQuote {
    private ShellQuote() { }

    /** In single quotes nothing is special but the quote itself, which is written {@code '\''}. */
    public static String word(final String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a shell word cannot hold a NUL character");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    public static String words(final List<String> texts) {
        return texts.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
    }
}
