package io.livemr.control.database;

import java.nio.charset.StandardCharsets;

/**
 * Text that others wrote (a driver's last words, what a guest says of a file), as a column can keep it. PostgreSQL's text has no NUL and
 * UTF-8 has no half of a character: a record that could not be written would keep its job from ever ending.
 */
public final class StoredText {

    /** Of the columns named {@code message}. */
    public static final int MESSAGE_LIMIT = 8_000;

    /** Of the columns named {@code reason}. */
    public static final int REASON_LIMIT = 100;

    private StoredText() { }

    public static String message(final String text) {
        return of(text, MESSAGE_LIMIT);
    }

    /**
     * The same text, with {@code ?} where it cannot be kept.
     *
     * @param text  may be null.
     * @param limit of UTF-16 units, as H2 counts; PostgreSQL counts fewer.
     */
    public static String of(final String text, final int limit) {
        return text == null ? null : wholeCharacters(cut(text, limit)).replace('\0', '?');
    }

    private static String cut(final String text, final int limit) {
        return text.length() <= limit ? text : text.substring(0, limit);
    }

    private static String wholeCharacters(final String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
