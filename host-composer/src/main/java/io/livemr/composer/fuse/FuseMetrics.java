package io.livemr.composer.fuse;

/** What the mount counts. Called by many threads, once a request; must not block. */
public interface FuseMetrics {

    /** Counts nothing. */
    FuseMetrics NONE = new FuseMetrics() { };

    /**
     * A request was served.
     *
     * @param operation name of the opcode in lower case, one of about thirty
     * @param errno     what it was answered with, 0 for success
     * @param bodyBytes what was sent, without the header
     * @param nanos     from taking the request to having its answer, waiting included
     */
    default void served(final String operation, final int errno, final int bodyBytes, final long nanos) {
    }

    /** A read that wanted to fill the page cache was refused: a private mmap, or sendfile on a kernel that ignores FOPEN_DIRECT_IO in splice. */
    default void cachedReadRefused() {
    }

    /** A read had to wait for a thread. */
    default void readDeferred() {
    }

    /** A limit was met: {@code nodes_or_handles} or {@code deferred_reads}. */
    default void limitMet(final String limit) {
    }

    /** A request was not understood, or serving it failed by a mistake of ours. */
    default void requestFailed(final String operation) {
    }
}
