package io.livemr.control.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process this is, for as long as the machine's memory goes: a number alone is given out again.
 *
 * <p>Text form, one line: {@code PID START_TICKS BOOT_ID}. Start ticks are field 22 of {@code /proc/PID/stat}, counted from boot, so a
 * change of the clock does not move them. Linux only. Immutable.
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {

    private static final int START_TICKS_AFTER_NAME = 19;
    private static final int GROUP_AFTER_NAME = 2;

    /** Who has this number now; nothing when nobody does. */
    public static Optional<ProcessIdentity> of(final long pid) throws IOException {
        final Optional<String[]> stat = stat(pid);
        if (stat.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessIdentity(pid, Long.parseLong(stat.get()[START_TICKS_AFTER_NAME]), bootIdNow()));
    }

    /** Reads the text form. */
    public static ProcessIdentity parse(final String line) {
        final String[] words = line.strip().split(" ");
        if (words.length != 3) {
            throw new IllegalArgumentException("not a process identity: " + line);
        }
        return new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
    }

    /** Whether this very process still runs; one that has ended and is not yet waited for does not. */
    public boolean isAlive() throws IOException {
        return equals(of(pid).orElse(null));
    }

    /**
     * Whether the process group of this number is still this process's: it leads it, or it is gone and nobody else has the number. A
     * number is not given out again while a group of that number has members.
     */
    public boolean ownsItsGroup() throws IOException {
        final Optional<ProcessIdentity> now = of(pid);
        return now.isPresent() ? equals(now.get()) : bootId.equals(bootIdNow());
    }

    /** Whether a process runs that belongs to a group; one that has ended and is not yet waited for does not. */
    public static boolean isInGroup(final long pid, final long group) {
        return stat(pid).map(fields -> Long.parseLong(fields[GROUP_AFTER_NAME]) == group).orElse(false);
    }

    @Override
    public String toString() {
        return pid + " " + startTicks + " " + bootId;
    }

    private static String bootIdNow() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    /** The fields after the name, which stands in parentheses and may itself hold any character. */
    private static Optional<String[]> stat(final long pid) {
        try {
            final String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            final String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return "Z".equals(fields[0]) ? Optional.empty() : Optional.of(fields);
        } catch (final IOException e) {
            return Optional.empty();
        }
    }
}
