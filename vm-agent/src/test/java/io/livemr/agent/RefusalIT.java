package io.livemr.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemr.agent.denial.DeniedException;
import io.livemr.agent.disk.LayoutResolver;
import io.livemr.agent.disk.SuperBlock;
import io.livemr.agent.file.GuestFile;
import io.livemr.agent.file.GuestFileOpener;
import io.livemr.extent.FileId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalIT {

    private final GuestFileOpener opener = opener(true);

    private static GuestFileOpener opener(final boolean virtualDisks) {
        return new GuestFileOpener(
                LayoutResolver.ofThisSystem(virtualDisks), new SuperBlock(Path.of("/sys"), Path.of("/dev")));
    }

    @BeforeAll
    static void require() {
        LoopDisk.requireRootAndLoop();
    }

    @Test
    void shouldRefuseWhatIsNotAPlainFileUnderOneSpellingOfItsPath() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);
            Files.createSymbolicLink(disk.mount().resolve("link"), file);
            Files.createDirectory(disk.mount().resolve("folder"));
            Files.createSymbolicLink(disk.mount().resolve("folder-link"), disk.mount());
            LoopDisk.run("mkfifo", disk.mount().resolve("pipe").toString());

            assertThat(refusal(disk.mount() + "/link")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "/folder-link/file")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "/folder/../file")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "//file")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "/fi\nle")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "/half of a character: \ud800")).startsWith("BAD_PATH");
            assertThat(refusal("file")).startsWith("BAD_PATH");
            assertThat(refusal(disk.mount() + "/nothing")).startsWith("NO_SUCH_FILE");
            assertThat(refusal(disk.mount() + "/file/below")).startsWith("NO_SUCH_FILE");
            assertThat(refusal(disk.mount() + "/folder")).startsWith("NOT_A_REGULAR_FILE");
            assertThat(refusal(disk.mount() + "/pipe")).startsWith("NOT_A_REGULAR_FILE");
            assertThat(refusal("/dev/null")).startsWith("NOT_A_REGULAR_FILE");
            assertThat(refusal(file.toString())).isEqualTo("accepted");
        }
    }

    @Test
    void shouldTellTheFileByUuidInodeAndGeneration() throws Exception {
        final String uuid = "6a2b2a0c-98a2-4d3c-9d5b-0f4f55a7f0aa";
        try (LoopDisk disk = LoopDisk.ext4("-U " + uuid, "")) {
            final Path path = Files.write(disk.mount().resolve("file"), new byte[5_000]);

            try (GuestFile file = opener.open(path.toString())) {
                final long inode = (long) Files.getAttribute(path, "unix:ino");
                final long generation = Long.parseLong(LoopDisk.run("lsattr", "-v", path.toString()).trim().split(" ")[0]);
                assertThat(file.id()).isEqualTo(new FileId(java.util.UUID.fromString(uuid), inode, generation));
            }
        }
    }

    @Test
    void shouldRefuseInlineDataUntilItHasBlocks() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("-O inline_data -I 256", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), "short".getBytes());
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE").contains("inline_data");

            Files.write(file, new byte[10_000]);

            assertThat(refusal(file.toString())).isEqualTo("accepted");
        }
    }

    @Test
    void shouldRefuseDataThatGoesThroughTheJournal() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("", "data=journal")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);

            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE").contains("data=journal");
        }
    }

    @Test
    void shouldRefuseAFileSystemWhoseFsyncDoesNotReachTheDisk() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("", "nobarrier")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE_SYSTEM").contains("remount,barrier=1");

            LoopDisk.run("mount", "-o", "remount,barrier=1", disk.mount().toString());
            assertThat(refusal(file.toString())).isEqualTo("accepted");

            LoopDisk.run("mount", "-o", "remount,barrier=0", disk.mount().toString());
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE_SYSTEM");
        }
    }

    @Test
    void shouldRefuseImmutableFilesBecauseTheyCanCarryNoGrant() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);

            LoopDisk.run("chattr", "+i", file.toString());
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE").contains("chattr -i");
            LoopDisk.run("chattr", "-i", file.toString());
        }
    }

    @Test
    void shouldRefuseFilesWithoutExtents() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("-O ^extent,^64bit", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);

            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE").contains("extents");
        }
    }

    @Test
    void shouldRefuseOtherFileSystems(@TempDir final Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/mkfs.xfs")), "needs xfsprogs");
        try (LoopDisk disk = LoopDisk.make("mkfs.xfs -q", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE_SYSTEM").contains("xfs");
        }
        LoopDisk.run("mount", "-t", "tmpfs", "none", folder.toString());
        try {
            final Path file = Files.write(folder.resolve("file"), new byte[5_000]);
            assertThat(refusal(file.toString())).startsWith("UNSUPPORTED_FILE_SYSTEM").contains("tmpfs");
        } finally {
            LoopDisk.run("umount", folder.toString());
        }
    }

    @Test
    void shouldRefuseLoopDevicesOutsideTests() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4("", "")) {
            final Path file = Files.write(disk.mount().resolve("file"), new byte[5_000]);

            assertThat(refusal(opener(false), file.toString())).startsWith("UNSUPPORTED_LAYOUT").contains("loop");
        }
    }

    private String refusal(final String path) throws IOException {
        return refusal(opener, path);
    }

    private static String refusal(final GuestFileOpener opener, final String path) throws IOException {
        try (GuestFile file = opener.open(path)) {
            return "accepted";
        } catch (final DeniedException e) {
            return e.reason() + " " + e.getMessage();
        }
    }
}
