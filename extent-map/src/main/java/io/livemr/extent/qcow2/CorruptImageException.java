package io.livemr.extent.qcow2;

import java.nio.file.Path;

/**
 * The image breaks the rules of its format: damage, malice, or tables caught halfway through a change. If it was the
 * last, the next translation works.
 */
public final class CorruptImageException extends ImageException {

    private static final long serialVersionUID = 1L;

    CorruptImageException(final Path path, final String facts) {
        super(path, facts);
    }
}
