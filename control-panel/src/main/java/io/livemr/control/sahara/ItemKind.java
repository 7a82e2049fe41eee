package io.livemr.control.sahara;

import io.livemr.control.web.ApiException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** What clients keep, by Sahara's three words for each: in addresses, in lists, and of one. */
enum ItemKind {
    /** A file that was uploaded. */
    FILE("job-binary-internals", "binaries", "job_binary_internal"),
    /** A name for such a file. */
    BINARY("job-binaries", "binaries", "job_binary"),
    /** What is to be run. */
    TEMPLATE("jobs", "jobs", "job"),
    /** Where a run reads or writes. */
    SOURCE("data-sources", "data_sources", "data_source");

    private final String path;
    private final String ofMany;
    private final String ofOne;

    ItemKind(final String path, final String ofMany, final String ofOne) {
        this.path = path;
        this.ofMany = ofMany;
        this.ofOne = ofOne;
    }

    static ItemKind of(final String path) {
        return Arrays.stream(values()).filter(kind -> kind.path.equals(path)).findFirst().orElseThrow(() -> new ApiException(HttpStatus.NOT_FOUND, "not_found",
            "kind=" + path + " is not kept here; " + Arrays.stream(values()).map(kind -> kind.path).collect(Collectors.joining(", ")) + " are"));
    }

    String path() {
        return path;
    }

    String ofMany() {
        return ofMany;
    }

    String ofOne() {
        return ofOne;
    }
}
