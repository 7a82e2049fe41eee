package io.livemr.extent.qcow2;

import java.util.List;

/**
 * The facts about a chain of image files that hold as long as its layout does; one text per file, fit for a log.
 * Only good for {@code equals}. Immutable, safe to share between threads.
 */
public record LayoutFingerprint(List<String> files) {

    public LayoutFingerprint {
        files = List.copyOf(files);
    }
}
