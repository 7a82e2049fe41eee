package io.livemr.extent.qcow2;

import java.nio.file.Path;

/** The image is no longer the one that was opened: open it again, by the domain's present definition. */
public final class ImageChangedException extends ImageException {

    private static final long serialVersionUID = 1L;

    ImageChangedException(final Path path, final String facts) {
        super(path, facts + "; open it again by the domain's present definition");
    }
}
