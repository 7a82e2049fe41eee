package io.livemr.control.guard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What a guarded process leaves behind in its folder.
 *
 * <pre>
 *   pid    who runs it ({@link ProcessIdentity}); comes into being once, whole, so only one guard ever runs a step
 *   log    its output, both streams, up to the limit
 *   exit   how it ended ({@link Exit}); comes into being last, whole
 * </pre>
 */
public record StepFolder(Path path) {

    /**
     * Claims the step for this process.
     *
     * @return false when another process has claimed it before.
     */
    public boolean claim(final ProcessIdentity self) throws IOException {
        final Path draft = path.resolve("pid." + self.pid());
        Files.writeString(draft, self + "\n");
        try {
            Files.createLink(pidFile(), draft);
            return true;
        } catch (final FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.delete(draft);
        }
    }

    public Optional<ProcessIdentity> owner() throws IOException {
        return read(pidFile()).map(ProcessIdentity::parse);
    }

    public void leave(final Exit exit) throws IOException {
        final Path draft = path.resolve("exit.new");
        Files.writeString(draft, exit + "\n");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, path.resolve("exit"), StandardCopyOption.ATOMIC_MOVE);
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
