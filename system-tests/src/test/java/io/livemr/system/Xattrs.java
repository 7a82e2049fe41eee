package io.livemr.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** Extended attributes of composed files; names are without the leading {@code user.}. */
final class Xattrs {
    private Xattrs() {
    }

    static String get(final Path file, final String name) {
        final UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        try {
            final ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            return StandardCharsets.UTF_8.decode(value.flip()).toString();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
