package io.livemr.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of a test: removed afterwards, or searched for what was left behind. */
final class Trees {
    private Trees() {
    }

    static void delete(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            final List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of disk that the blocks of HDFS take up below a data folder, whatever their lengths. */
    static long allocatedBlockBytes(final Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Trees::isBlock).mapToLong(Trees::allocatedBytes).sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBlock(final Path file) {
        final String name = file.getFileName().toString();
        return name.startsWith("blk_") && !name.endsWith(".meta");
    }

    private static long allocatedBytes(final Path file) {
        try {
            final Process du = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
            return 512 * Long.parseLong(new String(du.getInputStream().readAllBytes()).strip());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
