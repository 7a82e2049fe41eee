package io.livemr.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who runs a service: one line, see {@link ProcessIdentity}. It outlives a launcher that was killed, and tells the next one
 * which processes to end before it starts its own.
 */
public final class PidFile {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Path file;

    public PidFile(final Path file) {
        this.file = file;
    }

    public void write(final ProcessIdentity identity) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, identity + "\n");
    }

    /** The process that was written here, if it is still the same one and alive. */
    public Optional<ProcessIdentity> living() throws IOException {
        try {
            return ProcessIdentity.parse(Files.readString(file)).filter(ProcessIdentity::isAlive);
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Ends what a killed launcher left behind, with its session; a stranger under an old number is let be. */
    public void killLeftover() throws IOException {
        final Optional<ProcessIdentity> leftover = living();
        if (leftover.isPresent()) {
            killSession(leftover.get());
        }
        Files.deleteIfExists(file);
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    static void killSession(final ProcessIdentity leader) {
        final List<ProcessHandle> members =
            Stream.concat(leader.session(), ProcessHandle.of(leader.pid()).filter(p -> leader.isAlive()).stream()).toList();
        members.forEach(ProcessHandle::destroyForcibly);
        if (!Poll.until(KILL_LIMIT, Duration.ofMillis(10), () -> members.stream().noneMatch(ProcessHandle::isAlive))) {
            throw new StartFailedException("process pid=" + leader.pid() + " does not die; look at it with ps -o stat");
        }
    }
}
