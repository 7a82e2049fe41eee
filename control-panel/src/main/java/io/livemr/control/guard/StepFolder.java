package io.livemr.control.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a guarded process leaves behind in its folder; {@code guard.sh} writes it.
 *
 * <pre>
 *   pid    who runs it ({@link ProcessIdentity}); comes into being once, whole, so only one guard ever runs a step
 *   log    its output, both streams, up to the limit
 *   exit   how it ended ({@link Exit}); comes into being last, whole
 * </pre>
 */
public record StepFolder(Path path) {

    public Optional<ProcessIdentity> owner() throws IOException {
        return read(pidFile()).map(ProcessIdentity::parse);
    }

    public Optional<Exit> exit() throws IOException {
        return read(path.resolve("exit")).map(Exit::parse);
    }

    /** Makes the step one that was never begun; its log stays until the next try. */
    public void forget() throws IOException {
        Files.deleteIfExists(path.resolve("exit"));
        Files.deleteIfExists(pidFile());
    }

    public Path log() {
        return path.resolve("log");
    }

    private Path pidFile() {
        return path.resolve("pid");
    }

    private static Optional<String> read(final Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
