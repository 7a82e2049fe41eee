package io.livemr.hdfs.link;

import java.util.regex.Pattern;

/**
 * The name of a composed file, {@code livemr_} and 16 hex digits, and the 64-bit number these digits spell.
 *
 * <p>Requests and records carry the number. So nothing a peer sends can name any other file: there is no path in it to
 * climb out with (T11).
 */
public final class ComposedName {

    private static final String PREFIX = "livemr_";
    private static final Pattern FORM = Pattern.compile("livemr_[0-9a-f]{16}");

    private ComposedName() {
    }

    /** @throws IllegalArgumentException if it is not exactly {@code livemr_[0-9a-f]{16}}. */
    public static long idOf(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "not the name of a composed file: name=" + name + "; it must be livemr_ and 16 hex digits");
        }
        return Long.parseUnsignedLong(name.substring(PREFIX.length()), 16);
    }

    public static String nameOf(long id) {
        return String.format("%s%016x", PREFIX, id);
    }
}
