package io.livemr.lab.host;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Asks whether a folder's file system opens files with O_DIRECT (tmpfs does not). */
public final class DirectIo {
    private DirectIo() { }

    public static boolean isPossibleIn(final Path folder) {
        try {
            final Path probe = Files.createTempFile(folder, "direct", ".probe");
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
                return channel.isOpen();
            } finally {
                Files.delete(probe);
            }
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
