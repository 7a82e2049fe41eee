package io.livemr.bench.overhead;

import java.util.List;
import java.util.stream.IntStream;

/** One way of appending: through the page cache or past it, by so many threads, each to a file of its own. */
record Load(String way, int threads) {

    private static final long REST_MILLIS = 150;

    static List<Load> all() {
        return List.of("direct", "buffered").stream().flatMap(way -> IntStream.of(1, 4, 16).mapToObj(threads -> new Load(way, threads))).toList();
    }

    boolean isDirect() {
        return way.equals("direct");
    }

    /** Buffered turns are over in a tenth of the time, and so differ by more. */
    int pairs(final int ofDirect) {
        return isDirect() ? ofDirect : 10 * ofDirect;
    }

    /** Direct appends leave updates that may wait; an {@code fsync} has them told. */
    long restMillis(final long flushAgeMillis) {
        return REST_MILLIS + (isDirect() ? flushAgeMillis : 0);
    }

    String name() {
        return way + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** @param set tells files that are granted from those that are not. */
    List<String> files(final String set) {
        return IntStream.range(0, threads).mapToObj(i -> "/data/" + set + "-" + i).toList();
    }
}
