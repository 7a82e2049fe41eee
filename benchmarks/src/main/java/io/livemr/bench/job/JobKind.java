package io.livemr.bench.job;

import java.util.List;

/**
 * One of the examples.
 *
 * @param argsBefore what stands before input and output.
 */
record JobKind(String name, String mainClass, List<String> argsBefore) {

    static final List<JobKind> ALL = List.of(
        new JobKind("WordCount", "io.livemr.examples.WordCount", List.of()),
        new JobKind("grep", "io.livemr.examples.Grep", List.of("ERROR user[0-9]+")));
}
