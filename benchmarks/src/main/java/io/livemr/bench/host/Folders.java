package io.livemr.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a benchmark leaves behind: nothing. */
public final class Folders {

    private Folders() {
    }

    /** A new folder that goes with everything else. */
    public static Path temporary(final Teardown teardown) throws IOException {
        final Path folder = Files.createTempDirectory("livemr-bench-");
        teardown.add(() -> delete(folder));
        return folder;
    }

    public static void delete(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
