package io.livemr.system.failpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a program's log ended at some moment. */
record LogEnd(Path log, long offset) {

    static LogEnd of(final Path log) throws IOException {
        return new LogEnd(log, Files.size(log));
    }

    /** Whether the program has said this since. */
    boolean isFollowedBy(final String words) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(offset);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(words);
        }
    }
}
