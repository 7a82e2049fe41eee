package io.livemr.extent.qcow2;

import java.io.IOException;
import java.nio.file.Path;

/** An image that is not translated. Its message names the file, the thing in it and, where there is one, the way out. */
public abstract sealed class ImageException extends IOException
        permits ImageRefusedException, UnsupportedImageException, CorruptImageException, ImageChangedException {

    private static final long serialVersionUID = 1L;

    ImageException(final Path path, final String facts) {
        super("image=" + path + ": " + facts);
    }
}
