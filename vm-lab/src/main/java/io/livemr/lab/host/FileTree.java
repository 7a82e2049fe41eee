package io.livemr.lab.host;

import io.livemr.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders made and removed as a whole. */
public final class FileTree {
    private FileTree() { }

    /** A new folder below {@code parent}. */
    public static Path temporary(final Path parent, final String prefix) {
        try {
            return Files.createTempDirectory(Files.createDirectories(parent), prefix);
        } catch (final IOException e) {
            throw HostCommand.noSpaceOr(parent, e);
        }
    }

    /** Removes a folder and all in it, following no link. A folder that is not there is fine. */
    public static void delete(final Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            final List<Path> deepestFirst;
            try (Stream<Path> walk = Files.walk(folder)) {
                deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (final Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (final IOException e) {
            throw new LabException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The same bytes under another name: a hard link where both are on one file system, else a sparse copy. */
    public static void link(final Path from, final Path to) {
        try {
            Files.createLink(to, from);
        } catch (final IOException | UnsupportedOperationException e) {
            HostCommand.of("cp", "--sparse=always", from.toString(), to.toString()).run();
        }
    }
}
