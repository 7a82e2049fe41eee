package io.livemr.launcher.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The folder under which the composer mounts; a composer that was killed leaves a mount that answers nothing. */
final class MountPoint {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private MountPoint() {
    }

    /** Takes away what is mounted there, if anything is and its server has gone. */
    static void release(final Path folder) throws IOException, InterruptedException {
        if (isMounted(folder)) {
            final Process umount = new ProcessBuilder("umount", "--lazy", folder.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            umount.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** The kernel writes a space in a path as {@code \040}. */
    static boolean isMounted(final Path folder) throws IOException {
        final String wanted = folder.toString().replace(" ", "\\040");
        return Files.readAllLines(MOUNTS).stream().anyMatch(line -> line.split(" ")[1].equals(wanted));
    }
}
