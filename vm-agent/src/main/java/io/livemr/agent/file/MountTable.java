package io.livemr.agent.file;

import io.livemr.agent.kernel.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Says how the file system of an open file is mounted, from {@code /proc/self/mountinfo}. */
final class MountTable {

    /** Type and super-block options of one mount. */
    record Mount(String fileSystemType, List<String> options) {

        boolean has(final String option) {
            return options.contains(option);
        }
    }

    private static final String MOUNT_ID = "mnt_id:";
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private MountTable() {
    }

    static Mount of(final Descriptor file) throws IOException {
        final String id = mountId(Files.readAllLines(file.procInfoPath()));
        return Files.readAllLines(MOUNTS).stream()
                .filter(line -> line.startsWith(id + " "))
                .map(MountTable::parse)
                .findFirst()
                .orElseThrow(() -> new IOException("no mount with id=" + id + " in " + MOUNTS));
    }

    private static String mountId(final List<String> fdInfo) throws IOException {
        return fdInfo.stream()
                .filter(line -> line.startsWith(MOUNT_ID))
                .map(line -> line.substring(MOUNT_ID.length()).trim())
                .findFirst()
                .orElseThrow(() -> new IOException("no " + MOUNT_ID + " in fdinfo"));
    }

    /** {@code 36 35 98:0 /root /mount opts shared:1 - ext4 /dev/sda1 rw,data=ordered}: after the dash, type, source, options. */
    static Mount parse(final String line) {
        final String[] afterDash = line.substring(line.indexOf(" - ") + 3).split(" ");
        return new Mount(afterDash[0], afterDash.length > 2 ? Arrays.asList(afterDash[2].split(",")) : List.of());
    }
}
