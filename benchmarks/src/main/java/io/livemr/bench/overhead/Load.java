package io.livemr.bench.overhead;

import java.util.List;
import java.util.stream.IntStream;

/** One way of appending: through the page cache or past it, by so many threads, each to a file of its own. */
record Load(String way, int threads) {

    static List<Load> all() {
        return List.of("direct", "buffered").stream().flatMap(way -> IntStream.of(1, 4, 16).mapToObj(threads -> new Load(way, threads))).toList();
    }

    String name() {
        return way + ", " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** @param set tells files that are granted from those that are not. */
    List<String> files(final String set) {
        return IntStream.range(0, threads).mapToObj(i -> "/data/" + set + "-" + i).toList();
    }
}
