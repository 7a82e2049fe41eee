package io.livemr.control.engine;

import java.util.List;

/**
 * What is to be removed from HDFS, with all below it, and then what is to be made there; see docs/protocol.md, section 13.
 *
 * @param remove paths.
 */
public record LinkRequest(List<String> remove, List<Order> make) {

    /** A file, and the composer of its source. */
    public record Order(String composerUrl, String composerTokenFile, Link link) { }

    /** A file of HDFS that is wanted. */
    public record Link(String path, String requester, List<Source> sources, boolean follow) { }

    /** A file in a machine. */
    public record Source(String vm, String path) { }

    public static LinkRequest removing(final String path) {
        return new LinkRequest(List.of(path), List.of());
    }
}
