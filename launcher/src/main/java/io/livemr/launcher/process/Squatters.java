package io.livemr.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processes whose working folder lies below a folder: children that a service gave sessions of their own, such as the drivers
 * of jobs, and that would outlive it.
 */
public final class Squatters {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Squatters() {
    }

    /** Kills them; returns how many there were. */
    public static int evict(final Path folder) {
        final List<ProcessHandle> found = ProcessHandle.allProcesses().filter(process -> worksBelow(process, folder)).toList();
        found.forEach(ProcessHandle::destroyForcibly);
        Poll.until(LIMIT, Duration.ofMillis(20), () -> found.stream().noneMatch(ProcessHandle::isAlive));
        return found.size();
    }

    private static boolean worksBelow(final ProcessHandle process, final Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).startsWith(folder);
        } catch (final IOException e) {
            return false;       // it ended, or is a kernel thread
        }
    }
}
