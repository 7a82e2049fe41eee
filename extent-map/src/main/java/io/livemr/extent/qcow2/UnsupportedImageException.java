package io.livemr.extent.qcow2;

import java.nio.file.Path;

/** A sound image, or cluster, of a kind that has no plain bytes on the host: compressed, encrypted, of a newer format. */
public final class UnsupportedImageException extends ImageException {

    private static final long serialVersionUID = 1L;

    UnsupportedImageException(final Path path, final String facts, final String wayOut) {
        super(path, facts + "; " + wayOut);
    }
}
