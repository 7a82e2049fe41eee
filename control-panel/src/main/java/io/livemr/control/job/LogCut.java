package io.livemr.control.job;

/** Where to cut a piece of a log that may still grow: behind its last line, and never inside a character of UTF-8. */
final class LogCut {

    private static final int CONTINUATION_LIMIT = 3;

    private LogCut() { }

    /** @param wantsAll whether the rest of a line is wanted too: no more is coming, or there is no room to wait for its end. */
    static int lengthOf(final byte[] bytes, final boolean wantsAll) {
        for (int end = bytes.length; end > 0; end--) {
            if (bytes[end - 1] == '\n') {
                return end;
            }
        }
        return wantsAll ? wholeCharacters(bytes) : 0;
    }

    /** Bytes that are no UTF-8 are not waited for. */
    private static int wholeCharacters(final byte[] bytes) {
        for (int back = 1; back <= Math.min(CONTINUATION_LIMIT, bytes.length); back++) {
            final int lead = bytes[bytes.length - back] & 0xff;
            if (lead >= 0xc0) {
                final int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
                return needed > back && bytes.length > back ? bytes.length - back : bytes.length;
            }
            if (lead < 0x80) {
                return bytes.length;
            }
        }
        return bytes.length;
    }
}
