package io.livemr.composer.file;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client wants composed.
 *
 * @param ttlSeconds how long the grants should last; null or 0 for as the owners like.
 */
public record ComposeRequest(String requester, List<Source> sources, Long ttlSeconds) {

    /** One guest file; {@code vm} is a name or UUID. */
    public record Source(String vm, String path) {
    }

    private static final int SOURCE_LIMIT = 4_096;
    private static final int TEXT_LIMIT = 4_096;
    /** What agents accept; anything else would never be answered. */
    private static final Pattern REQUESTER = Pattern.compile("[\\w.@+-]{1,64}");

    void check() throws ComposeException {
        requireRequester(requester);
        require(sources != null && !sources.isEmpty() && sources.size() <= SOURCE_LIMIT,
                "sources", "must be 1 to " + SOURCE_LIMIT + " of {vm, path}");
        for (final Source source : sources) {
            require(source != null && isText(source.vm()), "sources.vm", "must be the name of a VM");
            require(isText(source.path()) && source.path().startsWith("/"), "sources.path", "must be an absolute path in the VM");
        }
        require(ttlSeconds == null || ttlSeconds >= 0, "ttlSeconds", "must not be negative");
    }

    public static void requireRequester(final String name) throws ComposeException {
        require(name != null && REQUESTER.matcher(name).matches(), "requester",
                "must be the name of the user who asks: 1 to 64 letters, digits or . _ @ + -");
    }

    private static boolean isText(final String text) {
        return text != null && !text.isBlank() && text.length() <= TEXT_LIMIT && text.indexOf('\0') < 0;
    }

    private static void require(final boolean right, final String field, final String rule) throws ComposeException {
        if (!right) {
            throw new ComposeException(400, "bad_request", field + " " + rule);
        }
    }
}
