package io.livemr.extent.qcow2;

import java.nio.file.Path;

/** The file must not be opened: it lies elsewhere than allowed, or is not what the domain definition says. */
public final class ImageRefusedException extends ImageException {

    private static final long serialVersionUID = 1L;

    ImageRefusedException(final Path path, final String facts) {
        super(path, facts);
    }
}
