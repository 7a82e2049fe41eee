package io.livemr.examples;

/**
 * The runs of bytes between ASCII white space, one after the other.
 *
 * <p>White space is space, tab, line feed, carriage return and form feed: 0x20, 0x09, 0x0A, 0x0D, 0x0C. Nothing is decoded, so
 * bytes that are not UTF-8 stay what they are. A cursor over the caller's array; not for sharing between threads.
 */
final class AsciiTokens {

    private final byte[] bytes;
    private final int limit;
    private int start;
    private int end;

    AsciiTokens(final byte[] bytes, final int lengthBytes) {
        this.bytes = bytes;
        this.limit = lengthBytes;
    }

    /** Moves to the next token; false when there is none. */
    boolean next() {
        start = end;
        while (start < limit && isSpace(bytes[start])) {
            start++;
        }
        end = start;
        while (end < limit && !isSpace(bytes[end])) {
            end++;
        }
        return end > start;
    }

    int start() {
        return start;
    }

    int lengthBytes() {
        return end - start;
    }

    private static boolean isSpace(final byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f';
    }
}
