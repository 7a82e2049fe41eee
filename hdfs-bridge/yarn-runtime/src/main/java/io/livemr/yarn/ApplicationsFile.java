package io.livemr.yarn;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The applications of one job as JSON; a reader sees all of one look, or all of the next. */
final class ApplicationsFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private List<ApplicationView> written = List.of();

    ApplicationsFile(final Path file) {
        this.file = file;
    }

    void write(final List<ApplicationView> applications) throws IOException {
        if (applications.equals(written)) {
            return;
        }
        final Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, JSON.writeValueAsBytes(applications));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        written = List.copyOf(applications);
    }
}
