package io.livemr.extent.path;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which files of a guest are meant, such as {@code /var/log/app-*.log}.
 *
 * <pre>
 *   *    any characters of one name, or none
 *   ?    one character of a name
 *   **   as a whole name: any folders, or none
 * </pre>
 *
 * All else is meant as it is written. A name that begins with a dot is meant only where the pattern writes the dot. Only one spelling of a path
 * is a path: absolute, without {@code .}, {@code ..}, doubled slashes or control characters.
 *
 * <p>The time of a match is bounded by the length of pattern times path, whatever both are: neither comes from a friend. Immutable.
 */
public final class PathPattern {
    private static final int LENGTH_LIMIT = 1_024;
    private static final int PATH_LIMIT = 4_095;
    private static final String FOLDERS = "**";

    private final String text;
    private final List<String> names;

    private PathPattern(final String text) {
        this.text = text;
        this.names = names(text);
    }

    /** @throws BadPatternException if it is not spelled as a path is, has no wildcard, is too long, or ends with {@code **}. */
    public static PathPattern parse(final String text) throws BadPatternException {
        if (text.length() > LENGTH_LIMIT || !isPlainPath(text)) {
            throw new BadPatternException("pattern must be an absolute path of up to " + LENGTH_LIMIT
                + " characters, without . or .. or doubled slashes or control characters");
        }
        final PathPattern pattern = new PathPattern(text);
        if (pattern.names.stream().noneMatch(PathPattern::isWild)) {
            throw new BadPatternException("pattern=" + text + " has neither * nor ?; name it as a path");
        }
        if (pattern.names.get(pattern.names.size() - 1).equals(FOLDERS)) {
            throw new BadPatternException("pattern=" + text + " ends with **, which stands for folders; write " + text + "/*");
        }
        return pattern;
    }

    /** Whether this is the one spelling of a path. */
    public static boolean isPlainPath(final String path) {
        return path.startsWith("/") && path.length() > 1 && path.length() <= PATH_LIMIT && path.chars().noneMatch(PathPattern::isUnprintable)
            && names(path).stream().noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    }

    /** Control characters, and what stands for bytes that are no text. */
    private static boolean isUnprintable(final int c) {
        return Character.isISOControl(c) || c == '\uFFFD';
    }

    /** The folder below which all files lie that are meant. */
    public String folder() {
        int wild = 0;
        while (!isWild(names.get(wild))) {
            wild++;
        }
        return "/" + String.join("/", names.subList(0, wild));
    }

    /** @param path spelled plainly. */
    public boolean matches(final String path) {
        return after(path).get(names.size());
    }

    /** Whether a file below this folder may be meant. */
    public boolean leadsInto(final String folder) {
        final BitSet reached = folder.equals("/") ? start() : after(folder);
        return reached.nextSetBit(0) >= 0 && reached.nextSetBit(0) < names.size();
    }

    /** How many of the pattern's names may have been used up by a path: each bit is one possibility. */
    private BitSet after(final String path) {
        BitSet reached = start();
        for (final String name : names(path)) {
            final BitSet next = new BitSet();
            for (int i = reached.nextSetBit(0); i >= 0 && i < names.size(); i = reached.nextSetBit(i + 1)) {
                if (names.get(i).equals(FOLDERS)) {
                    next.set(i, !name.startsWith("."));
                } else if (matches(names.get(i), name)) {
                    next.set(i + 1);
                }
            }
            reached = withoutFolders(next);
        }
        return reached;
    }

    private BitSet start() {
        final BitSet start = new BitSet();
        start.set(0);
        return withoutFolders(start);
    }

    /** {@code **} may also stand for nothing. */
    private BitSet withoutFolders(final BitSet reached) {
        for (int i = reached.nextSetBit(0); i >= 0 && i < names.size(); i = reached.nextSetBit(i + 1)) {
            if (names.get(i).equals(FOLDERS)) {
                reached.set(i + 1);
            }
        }
        return reached;
    }

    /** Goes back to the last star only: what an earlier one took need not be tried otherwise. */
    private static boolean matches(final String pattern, final String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int starred = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starred = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starred;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean isWild(final String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    private static List<String> names(final String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    @Override
    public String toString() {
        return text;
    }
}
