package io.livemr.composer.fuse;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted where, by {@code /proc/self/mountinfo} (proc(5)): mount point in field 5, file system type behind the {@code -}.
 */
final class Mounts {

    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private Mounts() {
    }

    /** True if a mount of this program's type is the topmost there. */
    static boolean isOurs(final Path mountPoint) throws IOException {
        boolean ours = false;
        for (final String line : Files.readAllLines(MOUNTINFO)) {
            if (unescape(line.split(" ")[4]).equals(mountPoint.toString())) {
                ours = line.contains(" - " + FuseDevice.TYPE + " ");
            }
        }
        return ours;
    }

    private static String unescape(final String field) {
        return OCTAL.matcher(field).replaceAll(
            match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    }

    /** True if nobody serves the mount any more: asking it gives ENOTCONN, or ECONNABORTED while its end is under way. */
    static boolean isDead(final Path mountPoint) {
        try {
            LibC.access(mountPoint.toString(), LibC.F_OK);
            return false;
        } catch (final LastErrorException e) {
            return e.getErrorCode() == Errno.ENOTCONN || e.getErrorCode() == Errno.ECONNABORTED;
        }
    }

    /** Ends the mount at once: requests under way get an error (MNT_FORCE aborts the connection), open files of others keep only an empty shell. */
    static void detach(final Path mountPoint) throws IOException {
        try {
            LibC.umount2(mountPoint.toString(), LibC.MNT_FORCE | LibC.MNT_DETACH);
        } catch (final LastErrorException e) {
            if (e.getErrorCode() != Errno.EINVAL && e.getErrorCode() != Errno.ENOENT) {
                throw new IOException("cannot unmount path=" + mountPoint + " errno=" + e.getErrorCode(), e);
            }
        }
    }
}
