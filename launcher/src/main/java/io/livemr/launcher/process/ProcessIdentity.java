package io.livemr.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process of this machine, told apart from a later one that got the same number.
 *
 * <p>{@code startTicks} is field 22 of {@code /proc/PID/stat}, in clock ticks since boot: a number that the kernel gives
 * away again belongs to a process with another start. {@code bootId} makes the pair void after a reboot.
 *
 * <p>Written as one line: {@code pid startTicks bootId}. Immutable.
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final int SESSION_FIELD = 6;
    private static final int START_FIELD = 22;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Who runs under this number now; empty if nobody does. */
    public static Optional<ProcessIdentity> of(final long pid) {
        return statField(pid, START_FIELD).map(ticks -> new ProcessIdentity(pid, ticks, currentBootId()));
    }

    /** Reads what {@link #toString} wrote; a line of another form names no process. */
    public static Optional<ProcessIdentity> parse(final String line) {
        final String[] words = line.strip().split(" ");
        if (words.length != 3 || !words[0].matches("\\d{1,10}") || !words[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]));
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** All processes of the session that this process began, whoever their parent is now. */
    public Stream<ProcessHandle> session() {
        return ProcessHandle.allProcesses()
            .filter(process -> statField(process.pid(), SESSION_FIELD).filter(id -> id == pid).isPresent());
    }

    @Override
    public String toString() {
        return pid + " " + startTicks + " " + bootId;
    }

    /** Field 2 is a name that may hold spaces and brackets, so fields are counted from its last bracket. */
    private static Optional<Long> statField(final long pid, final int number) {
        try {
            final String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[number - 3]));
        } catch (final IOException e) {
            return Optional.empty();      // it ended, perhaps while its line was being read
        }
    }

    private static String currentBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (final NoSuchFileException e) {
            return "unknown";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
