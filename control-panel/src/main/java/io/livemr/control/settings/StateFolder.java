package io.livemr.control.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** The panel's own folder, mode 0700. What uploads an earlier panel left half-done is removed. */
@Component
public class StateFolder {

    public StateFolder(final PanelSettings settings) throws IOException {
        final Path state = settings.state();
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        FileSystemUtils.deleteRecursively(state.resolve("uploads"));
        Files.createDirectories(state.resolve("uploads"));
        Files.createDirectories(state.resolve("jobs"));
    }
}
